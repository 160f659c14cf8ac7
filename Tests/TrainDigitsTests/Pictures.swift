/// 28x28 bytes, 255 where there is ink.
func picture(hasInk: (_ row: Int, _ column: Int) -> Bool) -> [UInt8] {
  (0..<784).map { hasInk($0 / 28, $0 % 28) ? 255 : 0 }
}

func ink(_ pixels: [UInt8]) -> Int { pixels.reduce(0) { $0 + Int($1) } }
