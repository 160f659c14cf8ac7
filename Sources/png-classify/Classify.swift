import ArgumentParser
import Lamina

/// `png-classify FILE...`: the digits that PNG files show.
struct Classify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say which digits PNG files show.",
    usage: PNGClassify.usage,
    discussion: """
      A digit may be light on dark or dark on light, in colour, of any size; one that looks like \
      MNIST's, 28x28 pixels and light on black, is taken as it is. Of each file one digit is \
      named, also where there are several: --read reads them all.

      The network is inside the command; --model and $LAMINA_MODEL name another's weights file.

      EXAMPLES:
        png-classify seven.png scans/
        png-classify --model mnist.safetensors seven.png
        curl -s https://example.org/7.png | png-classify --top-k 3 -
        png-classify --format csv scans/ > digits.csv
        png-classify --read receipt.png

      FORMATS:
        text  a line for each file: its name, the label, how sure that is
        csv   file,rank,label,probability: a row for each label, the best is 1
        json  an array with an object on each line:
              {"file":"7.png","predictions":[{"label":"7","probability":0.9}]}
              or {"file":"7.png","no_digit":"the picture is blank"}
              or {"file":"7.png","error":"what went wrong"}

      With --read all digits of a page or a line, in reading order; points, commas, minus \
      and plus signs are left out, letters and other signs are taken for digits:
        text  the file's name and the digits, for each line of the page
        csv   file,line,word,label,probability,x,y,width,height: a row for each digit
        json  {"file":"7.png","text":"17 3","digits":[{"label":"1",
              "probability":0.9,"line":1,"word":1,"box":[x,y,width,height]}]}

      A picture without a digit is an answer: "no digit found", and why; in CSV an \
      empty label. A file that fails is reported on standard error, and the others go on.

      EXIT STATUS:
        0   all files were classified
        1   some could not be read
        2   the model cannot be loaded, or standard output cannot be written
        3   all files could be read, and in some there is no digit
        64  the command line is wrong

      OTHER COMMANDS (`png-classify help <command>` says more):
        explain   draw what the library sees in a picture, step by step
        train     train a network on MNIST and save it
        evaluate  measure a network on pictures that it was not trained with
        summary   show a network's layers and how it was trained
      """
  )

  @OptionGroup var modelOptions: ModelOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many labels to give for each file, the best first.", valueName: "n"))
  var topK = 1

  @Flag(help: "Read all digits of each picture: a line, or a page.")
  var read = false

  @Option(help: ArgumentHelp("How to write the answers.", valueName: "name"))
  var format = ReportFormat.text

  @OptionGroup var threadOptions: ThreadOptions

  @Argument(
    help: ArgumentHelp(
      "PNG files, folders (all *.png in them and below, by name) or - (standard input).",
      valueName: "file"))
  var files: [String]

  func validate() throws {
    guard topK >= 1 else {
      throw ValidationError("--top-k must be at least 1, not \(topK)")
    }
    guard topK == 1 || !read else {
      throw ValidationError("--top-k is for pictures of one digit, not for --read")
    }
    guard files.filter({ $0 == "-" }).count <= 1 else {
      throw ValidationError("- (standard input) can be given only once")
    }
    guard !files.contains("") else { throw ValidationError("a file name is empty") }
  }

  func run() throws {
    try Classification(
      modelOption: modelOptions.model, topK: topK, format: format,
      threadCount: threadOptions.count, reads: read, files: files
    ).run()
  }
}
