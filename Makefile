# Lamina's build. `make help` lists the verbs; docs/architecture.md says why things are as they are.
#
# SwiftPM compiles; this file links the library that hosts get (such flags in Package.swift would
# keep other packages from using it), and drives data, demo, tests and installation. Everything
# that is made lies in build/, and nothing is made twice.

# ------------------------------------------------------------------ settings --
# All of these can be given on the command line: make lib OPENBLAS=shared

# The Swift runtime inside the library: embedded (small) or full (the ordinary one).
RUNTIME ?= embedded
# How the library gets OpenBLAS: static (inside), shared (the system's), or none: the small
# edition, in which all products are Lamina's own.
OPENBLAS ?= static
# 1 makes warnings errors, as continuous integration does.
WERROR ?= $(if $(filter true 1,$(CI)),1)
# Where `make install` puts things, and a folder before it for packagers.
PREFIX ?= /usr/local
DESTDIR ?=
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
DOCDIR ?= $(DATADIR)/doc/lamina
MANDIR ?= $(DATADIR)/man
SWIFT ?= swift
PYTHON ?= python3

# What is built here is tested as it behaves where nothing is set.
unexport OPENBLAS_CORETYPE OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS OPENBLAS_VERBOSE

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := all

ifneq ($(filter-out embedded full,$(RUNTIME))$(filter-out static shared none,$(OPENBLAS)),)
  $(error RUNTIME is embedded or full, OPENBLAS is static, shared or none)
endif

# Read by Package.swift. What SwiftPM makes of the small edition has folders of its own.
ifeq ($(OPENBLAS),none)
  export LAMINA_OPENBLAS := none
  EDITION := -none
else
  unexport LAMINA_OPENBLAS
endif

# --------------------------------------------------------------------- verbs --

.PHONY: all lib static command
all: lib command ## build the library and the command (what plain `make` does)
lib: ## build build/lib/liblamina.so; OPENBLAS=none, OPENBLAS=shared, RUNTIME=full: build/variants/
static: ## build build/lib/liblamina.a
command: ## build build/bin/png-classify

.PHONY: deps data demo
deps: ## install the Debian packages that are missing
data: ## get MNIST and Fashion-MNIST into ${LAMINA_DATA_HOME:-${XDG_CACHE_HOME:-~/.cache}/lamina}
demo: ## the whole job: install, build, train, and classify PNG files from shell, C and Python

.PHONY: test retest test-swift test-c test-python test-command test-docs test-variants parity
test: ## install what is missing, build, and run the tests
retest: ## run those tests again, also those that passed
test-swift: ## the Swift tests
parity: ## compare with Keras, and write the tables of docs/keras-parity.md anew
test-c: ## the C tests of the library, its symbols and its installation
test-python: ## the Python tests
test-command: ## the tests of png-classify
test-docs: ## the programs and pictures of the documentation
test-variants: ## a smoke suite in C and Python on OPENBLAS=none, OPENBLAS=shared and RUNTIME=full

.PHONY: model real-digits test-real-digits
model: ## train the network of digits inside the library anew: docs/digits-model.md
real-digits: ## make hard pictures of digits, read them, and write docs/real-digits.md
test-real-digits: ## test that suite, and read a few dozen pictures of each kind

.PHONY: test-report
test-report: ## look at the command's reports in Chromium, which is installed where it is missing

.PHONY: fuzz test-fuzz test-sanitizers
fuzz: ## run each fuzzer for TIME=1200 seconds
test-fuzz: ## run each fuzzer for a few seconds
test-sanitizers: ## the C tests with the address, thread and undefined-behaviour sanitizers

.PHONY: abi docs-c-api pictures report-pictures bench bench-report bench-profile
abi: ## write bindings/c/abi.txt, the list of what compiled programs rely on
docs-c-api: ## write docs/c-api.md from lamina.h
pictures: ## compute and draw the documentation's pictures anew
report-pictures: ## draw those of docs/reports.md anew (needs Chromium)
bench: ## measure Lamina beside its peers, and write docs/performance.md; QUICK=1 only looks
bench-report: ## write docs/performance.md from the last measurements
bench-profile: ## print where a step of the quickstart's training spends its time (needs perf)

.PHONY: lint format
lint: ## check formatting, style and types
format: ## format Swift, C and Python in place

.PHONY: install uninstall deb clean help
install: ## install into PREFIX (/usr/local), below DESTDIR if that is set
uninstall: ## remove what install put there
deb: ## build a Debian package, build/lamina_VERSION_ARCH.deb
clean: ## remove build/
help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile

clean:
	rm -rf build

# ------------------------------------------------------- what a build needs --
# Looked up by file, so that it costs nothing when all is there.

MULTIARCH := $(or $(shell gcc -print-multiarch 2>/dev/null),$(shell uname -m)-linux-gnu)
OPENBLAS_ARCHIVE := $(wildcard /usr/lib/$(MULTIARCH)/openblas-serial/libopenblas.a)

needed = $(if $(wildcard $(1)),,$(2))
MISSING_HEADERS := $(strip \
  $(call needed,/usr/include/png.h,libpng-dev) \
  $(if $(EDITION),,$(call needed, \
    /usr/include/$(MULTIARCH)/cblas.h /usr/include/cblas.h,libopenblas-dev)))
MISSING := $(strip $(MISSING_HEADERS) \
  $(if $(EDITION)$(OPENBLAS_ARCHIVE),,libopenblas-serial-dev) \
  $(call needed,$(addsuffix /pkg-config,$(subst :, ,$(PATH))),pkg-config) \
  $(if $(wildcard build/venv/bin/pip),,$(shell \
    $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv)))

# As root, or with sudo.
define install-packages
as_root=; \
if [ "$$(id -u)" != 0 ]; then \
  as_root="sudo"; \
  command -v sudo >/dev/null || { echo "make: as root, please: apt-get install $(1)"; exit 1; }; \
fi; \
echo "Installing $(1)"; \
$$as_root apt-get update -q </dev/null; \
$$as_root env DEBIAN_FRONTEND=noninteractive \
  apt-get install -q -y --no-install-recommends $(1) </dev/null
endef

ifneq ($(MISSING),)
deps:
	@if ! command -v apt-get >/dev/null; then \
	  echo "make: not found: $(MISSING) (Debian's names), and there is no apt-get here;" \
	    "please install them with this system's package manager"; \
	  exit $(if $(MISSING_HEADERS),1,0); \
	fi; \
	$(call install-packages,$(MISSING))
endif

define require-swift
@command -v $(SWIFT) >/dev/null || { echo "make: '$(SWIFT)' is not in PATH;" \
  "Lamina needs the Swift 6.3 toolchain, https://www.swift.org/install"; exit 1; }
$(if $(MISSING_HEADERS),@echo "make: not found: $(MISSING_HEADERS) (\`make deps\` installs them)")
endef

# The toolchain's own clang, lld and Swift libraries; asked for only where something is linked.
once = $(eval $(1) := $(2))$($(1))
TARGET_INFO = $(call once,TARGET_INFO,$(subst ",,$(shell $(SWIFT) -print-target-info | tr -d ' ,')))
target-info = $(patsubst $(1):%,%,$(firstword $(filter $(1):%,$(TARGET_INFO))))
SWIFT_TRIPLE = $(call target-info,unversionedTriple)
SWIFT_ARCH = $(call target-info,arch)
SWIFT_RESOURCES = $(call target-info,runtimeResourcePath)
CLANG = $(SWIFT_RESOURCES:/lib/swift=/bin/clang)

# --------------------------------------------------------------- the library --

VERSION := $(shell sed -n 's/^\#define LAMINA_VERSION "\(.*\)"/\1/p' include/lamina.h)
SONAME := liblamina.so.$(firstword $(subst ., ,$(VERSION)))

# The default build is build/lib and build/bin; any other has a folder of its own.
empty :=
space := $(empty) $(empty)
comma := ,
VARIANT := $(subst $(space),-,$(strip $(filter full,$(RUNTIME)) $(filter shared none,$(OPENBLAS))))
OUT := build$(if $(VARIANT),/variants/$(VARIANT))
LIBRARY := $(OUT)/lib/liblamina.so.$(VERSION)
COMMAND := $(OUT)/bin/png-classify

ALL_SOURCES := Package.swift $(shell find Sources include -not -name '.*')
LIBRARY_SOURCES := $(filter-out Sources/png-classify% Sources/train-digits%,$(ALL_SOURCES)) \
  bindings/c/exports.map
COMMAND_SOURCES := $(filter-out Sources/LaminaC% Sources/train-digits% include%,$(ALL_SOURCES))

BLAS := $(if $(EDITION)$(OPENBLAS_ARCHIVE),$(OPENBLAS),shared)
# The serial archive needs help to be used from several threads, and to allocate nothing:
# Sources/COpenBLAS/threads.c and small_products.c.
BLAS_WRAP := --undefined=blas_memory_alloc $(addprefix --wrap=,blas_memory_alloc blas_memory_free \
  $(addprefix sgemm_small_matrix_permit_,SKYLAKEX COOPERLAKE SAPPHIRERAPIDS))
BLAS_FILES := $(if $(filter static,$(BLAS)),build/openblas/libopenblas.a)
BLAS_LINK_static := $(BLAS_FILES) $(addprefix -Wl$(comma),$(BLAS_WRAP))
BLAS_LINK_shared := -lopenblas
SWIFT_WARNINGS := $(if $(WERROR),-Xswiftc -warnings-as-errors)
C_WARNINGS := -Wall -Wextra $(if $(WERROR),-Werror)

# Without debug information: Debian's valgrind gives up on Swift's DWARF 5.
LINK_FLAGS := -fuse-ld=lld -Wl,-soname,$(SONAME) -Wl,--version-script,bindings/c/exports.map \
  -Wl,--gc-sections -Wl,--as-needed -Wl,--strip-debug -Wl,-O2 \
  -Wl,-z,defs -Wl,-z,nodelete -Wl,-z,relro -Wl,-z,now

ifeq ($(RUNTIME),embedded)
  LIBRARY_ENVIRONMENT := LAMINA_RUNTIME=embedded
  LIBRARY_SCRATCH := build/embedded$(EDITION)
  # Only here: SwiftPM 6.3 fails on this flag where there are dependencies.
  LIBRARY_WARNINGS := $(if $(WERROR),-Xcc -Werror)
  RUNTIME_LINK = $(SWIFT_RESOURCES)/embedded/$(SWIFT_TRIPLE)/libswiftUnicodeDataTables.a
else
  LIBRARY_SCRATCH := build/full$(EDITION)
  # Swift's tables of types are found through the names of their sections, so those must stay.
  RUNTIME_LINK = -Wl,-z,nostart-stop-gc $(SWIFT_RESOURCES)_static/linux/$(SWIFT_ARCH)/swiftrt.o \
    -L$(SWIFT_RESOURCES)_static/linux -lswiftSynchronization -lswift_StringProcessing \
    -lswift_RegexParser -lswift_Concurrency -lswiftCore -ldispatch -lBlocksRuntime -lstdc++
endif

lib: $(LIBRARY)

# swift build makes an archive of all targets; --whole-archive keeps every lamina_* in it, and
# --gc-sections drops whatever no lamina_* reaches.
$(LIBRARY): $(LIBRARY_SOURCES) $(BLAS_FILES) $(OUT)/settings
	$(require-swift)
	$(if $(filter-out $(BLAS),$(OPENBLAS)),@echo "make: no serial OpenBLAS archive here (Debian:" \
	  "libopenblas-serial-dev); linking the system's shared OpenBLAS")
	@rm -f $(LIBRARY_SCRATCH)/release/libLaminaC.a  # SwiftPM would keep objects of files that are gone
	$(LIBRARY_ENVIRONMENT) $(SWIFT) build -c release --product LaminaC \
	  --scratch-path $(LIBRARY_SCRATCH) $(SWIFT_WARNINGS) $(LIBRARY_WARNINGS)
	@mkdir -p $(@D)
	$(CLANG) -shared -o $@ $(LINK_FLAGS) \
	  -Wl,--whole-archive $(LIBRARY_SCRATCH)/release/libLaminaC.a -Wl,--no-whole-archive \
	  $(BLAS_LINK_$(BLAS)) $(RUNTIME_LINK) -lpng -lz -lm
	@ln -sfn $(@F) $(@D)/$(SONAME)
	@ln -sfn $(SONAME) $(@D)/liblamina.so

# The same in one object, whose other names are its own: a C program links it by itself.
STATIC_LIBRARY := $(OUT)/lib/liblamina.a
static: $(STATIC_LIBRARY)

$(STATIC_LIBRARY): $(LIBRARY)
	$(if $(filter full,$(RUNTIME)),$(error liblamina.a is made with RUNTIME=embedded))
	$(dir $(CLANG))ld.lld -r -o $(@:.a=.o) \
	  --whole-archive $(LIBRARY_SCRATCH)/release/libLaminaC.a --no-whole-archive \
	  $(if $(filter static,$(BLAS)),$(BLAS_FILES) $(BLAS_WRAP)) $(RUNTIME_LINK)
	@objcopy --strip-unneeded --wildcard --keep-global-symbol='lamina_*' $(@:.a=.o)
	@rm -f $@
	@ar rcsD $@ $(@:.a=.o)
	@rm -f $(@:.a=.o)

# A command that needs no other file starts in half of the time. That takes the archives of C's and
# C++'s libraries, libpng and zlib, which Debian's development packages have.
archive = $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a))
ARCHIVES := c m png z stdc++
ifneq ($(BLAS),shared)
  COMMAND_LINK := $(if $(filter $(words $(ARCHIVES)), \
    $(words $(foreach name,$(ARCHIVES),$(call archive,$(name))))),-Xswiftc -static-executable)
endif

# Another way to build is a reason to build, as a newer source is.
SETTINGS := $(RUNTIME) $(BLAS) $(COMMAND_LINK) $(VERSION) $(SWIFT_WARNINGS) $(LINK_FLAGS) $(BLAS_WRAP)
$(OUT)/settings: $(if $(subst _$(SETTINGS)_,,_$(file <$(OUT)/settings)_),FORCE)
	@mkdir -p $(@D)
	@echo -n '$(SETTINGS)' >$@

.PHONY: FORCE
FORCE:

# --------------------------------------------------------------- the command --
# An ordinary Swift program. Package.swift links "openblas"; a folder that holds the serial
# archive alone, searched first, makes that the archive.

SWIFTPM_LINK := -Xswiftc -use-ld=lld
ifeq ($(BLAS),static)
  SWIFTPM_LINK += $(addprefix -Xlinker ,'-L$(CURDIR)/build/openblas' $(BLAS_WRAP))
endif

command: $(COMMAND)

$(COMMAND): $(COMMAND_SOURCES) $(BLAS_FILES) $(OUT)/settings
	$(require-swift)
	$(SWIFT) build -c release --product png-classify --static-swift-stdlib $(COMMAND_LINK) \
	  --scratch-path build/swiftpm$(EDITION) $(SWIFTPM_LINK) $(SWIFT_WARNINGS)
	@mkdir -p $(@D)
	@cp -f build/swiftpm$(EDITION)/release/png-classify $@

build/openblas/libopenblas.a: $(OPENBLAS_ARCHIVE)
	@mkdir -p $(@D)
	@ln -sfn $< $@

# ---------------------------------------------------------- data and Python --

DATA := $(or $(LAMINA_DATA_HOME),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/lamina)
data-files = $(foreach name,images-idx3-ubyte labels-idx1-ubyte, \
  $(addprefix $(subst $(space),\$(space),$(DATA))/$(1)/,train-$(name) t10k-$(name)))
MNIST_FILES := $(call data-files,mnist)
FASHION_MNIST_FILES := $(call data-files,fashion-mnist)
GET_MNIST := $(PYTHON) bindings/python/lamina/mnist.py --venv build/venv
# Only a few tests need it, and they are skipped where there is no way to get it.
GET_FASHION_MNIST := $(PYTHON) bindings/python/lamina/fashion_mnist.py || \
  echo "make: going on without Fashion-MNIST; tests that need it are skipped"

data:
	@$(GET_MNIST)
	@$(GET_FASHION_MNIST)

$(MNIST_FILES) &:
	$(GET_MNIST)

$(FASHION_MNIST_FILES) &:
	@$(GET_FASHION_MNIST)

# One virtual environment: NumPy for the demo, all of requirements-dev.txt for tests and lint.
REQUIREMENTS := bindings/python/requirements-dev.txt
VENV_PYTHON := build/venv/bin/python
PIP := $(VENV_PYTHON) -m pip --disable-pip-version-check --quiet install

build/venv/numpy.stamp: $(REQUIREMENTS)
	@[ -x build/venv/bin/pip ] || $(PYTHON) -m venv build/venv
	$(PIP) '$(shell grep -i '^numpy\b' $(REQUIREMENTS) || echo numpy)'
	@touch $@

build/venv/dev.stamp: $(REQUIREMENTS) | build/venv/numpy.stamp
	$(PIP) -r $(REQUIREMENTS)
	@touch $@

RUN_PYTHON = PYTHONPATH=bindings/python LAMINA_LIBRARY='$(CURDIR)/$(OUT)/lib/liblamina.so' \
  $(VENV_PYTHON)

# ------------------------------------------------------------------ the demo --

EXAMPLE := build/examples/classify_png
DEMO_MODEL := build/demo/mnist.safetensors
DIGITS := bindings/c/examples/digits/*.png

# What deps installs is looked up when make starts, hence a second make.
demo: deps
	@$(MAKE) run-demo RUNTIME=embedded OPENBLAS=static

.PHONY: run-demo
run-demo: all $(EXAMPLE) $(DEMO_MODEL) build/venv/numpy.stamp
	@echo; echo "How good is it, on the 10,000 pictures that it has not seen?"
	build/bin/png-classify evaluate --model $(DEMO_MODEL) --data mnist
	@echo; echo "The same weights and $(words $(wildcard $(DIGITS))) PNG files in three hosts: the shell, C and Python."
	build/bin/png-classify --model $(DEMO_MODEL) --format csv $(DIGITS) >build/demo/command.csv
	$(EXAMPLE) $(DEMO_MODEL) $(DIGITS) >build/demo/c.tsv
	$(RUN_PYTHON) bindings/python/examples/classify_png.py $(DEMO_MODEL) $(DIGITS) >build/demo/python.tsv
	@echo
	@$(PYTHON) bindings/python/examples/compare_hosts.py \
	  build/demo/command.csv build/demo/c.tsv build/demo/python.tsv

$(DEMO_MODEL): build/bin/png-classify | $(MNIST_FILES)
	@mkdir -p $(@D)
	@echo; echo "Training on 60,000 handwritten digits."
	build/bin/png-classify train --data mnist --epochs 5 --seed 1 --output $@

$(EXAMPLE): bindings/c/examples/01_classify.c include/lamina.h | build/lib/liblamina.so.$(VERSION)
	@mkdir -p $(@D)
	$(CC) -std=c99 -O2 $(C_WARNINGS) -Iinclude -o $@ $< -Lbuild/lib -llamina -Wl,-rpath,'$(CURDIR)/build/lib'

# --------------------------------------------------------------------- tests --
# Each suite leaves a stamp when it passes, and runs again when something that it tests is newer.

test: deps
	@$(MAKE) run-tests RUNTIME=embedded OPENBLAS=static

.PHONY: run-tests
run-tests: test-swift test-c test-python test-command test-docs test-variants

retest:
	@rm -f build/test/*.passed
	@$(MAKE) test

test-swift test-c test-python test-command test-docs test-variants: test-%: build/test/%.passed
	@$(if $(RAN_$*),echo "$@: passed",echo "$@: passed already (\`make retest\` runs it again)")

define passed
@mkdir -p $(@D)
@touch $@
$(eval RAN_$(basename $(@F)) := yes)
endef

# A model for the C and Python tests: one epoch is enough to know digits.
TEST_MODEL := build/test/mnist.safetensors
TEST_ENVIRONMENT := LAMINA_TEST_MODEL='$(CURDIR)/$(TEST_MODEL)'
FIXTURES := $(shell find Tests/Fixtures bindings/c/examples/digits -type f 2>/dev/null)

$(TEST_MODEL): build/bin/png-classify | $(MNIST_FILES)
	@mkdir -p $(@D)
	build/bin/png-classify train --data mnist --epochs 1 --seed 1 --output $@

# Swift: optimized, since the quickstart alone trains for 16 s in a debug build.
SWIFT_TESTS := $(shell find Tests -name '*.swift')

build/test/swift.passed: $(ALL_SOURCES) $(SWIFT_TESTS) README.md docs/keras-parity.md $(FIXTURES) \
    $(BLAS_FILES) $(OUT)/settings | $(MNIST_FILES) $(FASHION_MNIST_FILES)
	$(require-swift)
	$(SWIFT) test -c release -Xswiftc -enable-testing --disable-xctest \
	  --scratch-path build/tests$(EDITION) $(SWIFTPM_LINK) $(SWIFT_WARNINGS)
	$(passed)

parity: $(BLAS_FILES)
	$(require-swift)
	LAMINA_PARITY=write $(SWIFT) test -c release -Xswiftc -enable-testing --disable-xctest \
	  --scratch-path build/tests$(EDITION) $(SWIFTPM_LINK) $(SWIFT_WARNINGS) --filter ParityTests

# C: programs that print `N passed, N failed` last, and shell scripts that do the same.
C_TESTS := $(patsubst Tests/C/%.c,build/test/c/%,$(wildcard Tests/C/test_*.c)) \
  build/test/c/test_header_cpp $(if $(shell command -v $(CXX)),build/test/c/test_raii)
C_SCRIPTS := $(wildcard Tests/C/test_*.sh)
# The kernels beside plain sums, for each kind of processor: test_processors.sh runs them.
KERNEL_LEVELS := $(if $(filter x86_64,$(shell uname -m)),x86-64 x86-64-v3 x86-64-v4)
KERNEL_TESTS := $(addprefix build/test/c/kernels-,$(or $(KERNEL_LEVELS),$(shell uname -m)))
KERNEL_SOURCES := $(wildcard Sources/CLaminaKernels/*.[ch] Sources/CLaminaKernels/include/*.h)
C_SMOKE := $(addprefix build/test/c/test_,library hosts model builtin introspection session networks image \
  threads training busy wide)
C_TEST_SOURCES := README.md docs/c-api.md $(wildcard Tests/C/* Tests/C/kernels/* bindings/*.sh \
  bindings/shell/* bindings/c/* bindings/c/cmake/* bindings/c/examples/*)

build/test/c/test_%: Tests/C/test_%.c $(wildcard Tests/C/*.h) include/lamina.h \
    $(if $(VARIANT),,$(OUT)/settings) | build/lib/liblamina.so.$(VERSION)
	@mkdir -p $(@D)
	$(CC) -std=gnu11 -O1 -g $(C_WARNINGS) -Iinclude -o $@ $< -Lbuild/lib -llamina -pthread -lm

build/test/c/kernels-%: $(wildcard Tests/C/kernels/*.[ch]) $(KERNEL_SOURCES)
	@mkdir -p $(@D)
	$(CLANG) -std=gnu11 -O2 $(C_WARNINGS) -DLAMINA_NO_CLONES $(if $(KERNEL_LEVELS),-march=$*) \
	  -ISources/CLaminaKernels/include -o $@ $(filter %.c,$^) -lm

build/test/c/test_header: Tests/C/test_header.c include/lamina.h | build/lib/liblamina.so.$(VERSION)
	@mkdir -p $(@D)
	$(CC) -std=c99 -Wall -Wextra -pedantic -Werror -Iinclude -o $@ $< -Lbuild/lib -llamina

build/test/c/test_header_cpp: Tests/C/test_header.cpp include/lamina.h | build/lib/liblamina.so.$(VERSION)
	@mkdir -p $(@D)
	$(or $(shell command -v $(CXX)),$(CLANG)) -x c++ -std=c++98 -Wall -Wextra -Werror -Iinclude -c -o $@.o $<
	$(CC) -o $@ $@.o -Lbuild/lib -llamina

build/test/c/test_raii: Tests/C/test_raii.cpp include/lamina.h include/lamina.hpp | build/lib/liblamina.so.$(VERSION)
	@mkdir -p $(@D)
	$(CXX) -std=c++17 -O1 -g $(C_WARNINGS) -Iinclude -o $@ $< -Lbuild/lib -llamina

build/test/c.passed: $(LIBRARY_SOURCES) $(C_TEST_SOURCES) $(FIXTURES) $(C_TESTS) $(KERNEL_TESTS) $(TEST_MODEL) \
    $(OUT)/settings | lib command
	$(TEST_ENVIRONMENT) Tests/C/run.sh build/lib $(C_TESTS) $(C_SCRIPTS)
	$(passed)

PYTHON_SOURCES := README.md $(shell find bindings/python -name __pycache__ -prune -o -type f -print)

build/test/python.passed: $(LIBRARY_SOURCES) $(PYTHON_SOURCES) $(FIXTURES) $(TEST_MODEL) \
    $(OUT)/settings build/venv/dev.stamp | lib
	$(TEST_ENVIRONMENT) $(RUN_PYTHON) -m pytest -q bindings/python
	$(passed)

build/test/command.passed: build/bin/png-classify $(wildcard Tests/png-classify/*.py) $(FIXTURES) \
    build/venv/dev.stamp | $(MNIST_FILES) $(FASHION_MNIST_FILES)
	PNG_CLASSIFY='$(CURDIR)/build/bin/png-classify' $(VENV_PYTHON) -m pytest -q Tests/png-classify
	$(passed)

# Too big to be part of `make test`: Chromium, several hundred megabytes. What it looks at is
# written by the command.
FIND_CHROMIUM := command -v "$${CHROMIUM:-chromium}" >/dev/null

test-report: deps
	@$(FIND_CHROMIUM) || { command -v apt-get >/dev/null && ($(call install-packages,chromium)); } || true
	@if $(FIND_CHROMIUM); then $(MAKE) run-test-report; \
	  else echo "test-report: skipped: there is no Chromium here, and it could not be installed"; fi

.PHONY: run-test-report
run-test-report: build/test/report.passed
	@$(if $(RAN_report),echo "test-report: passed",echo "test-report: passed already (\`make retest\` runs it again)")

build/test/report.passed: build/bin/png-classify $(wildcard Tests/report/*.py Tests/png-classify/*.py) \
    build/venv/dev.stamp | $(MNIST_FILES) $(FASHION_MNIST_FILES)
	PNG_CLASSIFY='$(CURDIR)/build/bin/png-classify' $(VENV_PYTHON) -m pytest -q Tests/report
	$(passed)

# A picture names its file, so paths are as they are in the repository.
report-pictures: build/bin/png-classify build/venv/dev.stamp | $(MNIST_FILES)
	@mkdir -p build/report
	build/bin/png-classify explain bindings/c/examples/digits/2-coloured-ink.png \
	  --output docs/pictures/steps.png
	build/bin/png-classify train --seed 1 --output build/report/mnist.safetensors \
	  --curves docs/pictures/curves.png
	build/bin/png-classify evaluate --model build/report/mnist.safetensors \
	  --report build/report/report.html
	$(VENV_PYTHON) Tests/report/screenshot.py build/report/report.html docs/pictures/report.png

# The programs of the documentation, as one package that uses this one.
DOCUMENTATION := build/docs

$(DOCUMENTATION)/built.stamp: $(COMMAND_SOURCES) README.md $(wildcard docs/*.md) \
    docs/pictures/numbers.swift Tests/docs/programs.py $(BLAS_FILES) $(OUT)/settings
	$(require-swift)
	$(PYTHON) Tests/docs/programs.py package $(DOCUMENTATION)
	$(SWIFT) build -c release --package-path $(DOCUMENTATION) --scratch-path $(DOCUMENTATION)/.build \
	  $(SWIFTPM_LINK) $(SWIFT_WARNINGS)
	@touch $@

build/test/docs.passed: $(DOCUMENTATION)/built.stamp $(wildcard Tests/docs/*.py Benchmarks/harness/*.py) \
    $(wildcard docs/pictures/*.*) build/venv/dev.stamp | $(MNIST_FILES)
	LAMINA_DOCUMENTATION='$(CURDIR)/$(DOCUMENTATION)' $(VENV_PYTHON) -m pytest -q Tests/docs
	$(passed)

abi:
	$(PYTHON) bindings/c/abi.py --write

docs-c-api:
	$(PYTHON) bindings/c/api_document.py --write

pictures: $(DOCUMENTATION)/built.stamp | $(MNIST_FILES)
	$(DOCUMENTATION)/.build/release/numbers >$(DOCUMENTATION)/numbers.json
	@cp $(DOCUMENTATION)/numbers.json docs/pictures/numbers.json
	$(PYTHON) docs/pictures/draw.py

build/test/variants.passed: $(LIBRARY_SOURCES) $(PYTHON_SOURCES) $(C_SMOKE) \
    build/test/c/test_allocation build/test/c/test_fork $(FIXTURES) $(TEST_MODEL) \
    Tests/C/openblas.sh $(OUT)/settings build/venv/dev.stamp
	@$(MAKE) smoke OPENBLAS=none
	@$(MAKE) smoke OPENBLAS=shared
	@$(MAKE) smoke RUNTIME=full
	$(passed)

.PHONY: smoke
smoke: lib
	$(TEST_ENVIRONMENT) Tests/C/run.sh $(OUT)/lib $(C_SMOKE) \
	  $(if $(EDITION),build/test/c/test_allocation) Tests/C/test_symbols.sh
	$(if $(filter shared,$(OPENBLAS)),Tests/C/openblas.sh $(OUT)/lib $(addprefix build/test/c/test_,hosts fork wide))
	$(TEST_ENVIRONMENT) $(RUN_PYTHON) -m pytest -q -m smoke bindings/python

# ------------------------------------------------------ fuzzers, sanitizers --
# The library once more, on the ordinary runtime: with AddressSanitizer, UndefinedBehaviorSanitizer
# for its C and libFuzzer's counters, and with ThreadSanitizer. Fuzzers and C tests have it inside.

TIME := 1200
FUZZERS := model configuration png idx csv

fuzz test-fuzz test-sanitizers: deps
	@$(MAKE) run-$@ RUNTIME=full OPENBLAS=static

.PHONY: run-fuzz run-test-fuzz run-test-sanitizers
run-fuzz: $(addprefix build/fuzz/bin/,$(FUZZERS)) build/fuzz/seeds.stamp
	Tests/fuzz/run.sh $(TIME) $(FUZZERS)

run-test-fuzz: build/test/fuzz.passed
	@$(if $(RAN_fuzz),echo "test-fuzz: passed",echo "test-fuzz: passed already (\`make retest\` runs it again)")

build/test/fuzz.passed: $(addprefix build/fuzz/bin/,$(FUZZERS)) build/fuzz/seeds.stamp \
    $(wildcard Tests/fuzz/* Tests/fuzz/found/*/*)
	Tests/fuzz/run.sh 5 $(FUZZERS)
	$(passed)

build/fuzz/seeds.stamp: Tests/fuzz/make_seeds.py Tests/C/make_model.py $(FIXTURES)
	rm -rf build/fuzz/seeds
	$(PYTHON) $< build/fuzz/seeds
	@touch $@

SANITIZE_address := -fsanitize=address,undefined
SANITIZE_thread := -fsanitize=thread
INSTRUMENT_address := -Xswiftc -sanitize=fuzzer,address \
  -Xcc -fsanitize=fuzzer-no-link,address,undefined
INSTRUMENT_thread := -Xswiftc -sanitize=thread -Xcc -fsanitize=thread

build/sanitized/%/release/libLaminaC.a: $(LIBRARY_SOURCES)
	$(require-swift)
	@rm -f $@
	$(SWIFT) build -c release --product LaminaC --scratch-path build/sanitized/$* $(INSTRUMENT_$*)

SANITIZED_LIBRARY := build/sanitized/address/release/libLaminaC.a
# UndefinedBehaviorSanitizer says what it found and goes on, unless it is told otherwise.
SANITIZED_FLAGS := -std=gnu23 -O1 -g $(C_WARNINGS) -Iinclude -fno-sanitize-recover=undefined
SANITIZED_LINK = $(filter %.a,$^) $(BLAS_LINK_$(BLAS)) -fuse-ld=lld -Wl,--gc-sections \
  $(RUNTIME_LINK) -lpng -lz -lm -ldl -pthread

build/fuzz/bin/%: Tests/fuzz/fuzz_%.c Tests/fuzz/options.c Tests/fuzz/fuzz.h include/lamina.h \
    $(SANITIZED_LIBRARY) | $(BLAS_FILES)
	@mkdir -p $(@D)
	$(CLANG) $(SANITIZED_FLAGS) -fsanitize=fuzzer $(SANITIZE_address) -o $@ $(filter %.c,$^) $(SANITIZED_LINK)

build/fuzz/bin/model build/fuzz/bin/configuration: Tests/fuzz/use_model.c
build/fuzz/bin/png: Tests/fuzz/mutate_png.c

# What C cannot reach: the modules lie beside the library, those of C below the names of targets.
build/fuzz/bin/%: build/fuzz/objects/%.o Tests/fuzz/options.c $(SANITIZED_LIBRARY) | $(BLAS_FILES)
	@mkdir -p $(@D)
	$(CLANG) $(SANITIZED_FLAGS) -fsanitize=fuzzer $(SANITIZE_address) -o $@ $(filter %.c %.o,$^) $(SANITIZED_LINK)

.PRECIOUS: build/fuzz/objects/%.o build/sanitized/%/release/libLaminaC.a
build/fuzz/objects/%.o: Tests/fuzz/fuzz_%.swift $(SANITIZED_LIBRARY)
	@mkdir -p $(@D)
	$(CLANG:clang=swiftc) -O -g -parse-as-library -swift-version 6 -warnings-as-errors \
	  -sanitize=fuzzer,address -ISources/CZlib -I$(dir $(SANITIZED_LIBRARY))Modules \
	  $$(printf -- '-Xcc -fmodule-map-file=%s ' $(dir $(SANITIZED_LIBRARY))C*.build/module.modulemap) \
	  -c -o $@ $<

# Without those that count what malloc does or how memory grows, limit address space, fork at any
# moment or compare a host's state, which the sanitizers do not go together with. The kernels are tried as compiled for each kind of processor.
NOT_SANITIZED := header allocation memory memory_limit fork hosts
SANITIZED_TESTS := $(addprefix build/sanitized/tests/address-, \
  $(filter-out $(NOT_SANITIZED),$(patsubst Tests/C/test_%.c,%,$(wildcard Tests/C/test_*.c)))) \
  $(addprefix build/sanitized/tests/thread-,library session networks threads wide busy training) \
  $(patsubst build/test/c/%,build/sanitized/tests/%,$(KERNEL_TESTS))

define sanitized-test
build/sanitized/tests/$(1)-%: Tests/C/test_%.c $(wildcard Tests/C/*.h) include/lamina.h \
    build/sanitized/$(1)/release/libLaminaC.a | $(BLAS_FILES)
	@mkdir -p $$(@D)
	$$(CLANG) $$(SANITIZED_FLAGS) -DLAMINA_SANITIZED $(SANITIZE_$(1)) -o $$@ $$< $$(SANITIZED_LINK)
endef
$(foreach sanitizer,address thread,$(eval $(call sanitized-test,$(sanitizer))))

build/sanitized/tests/kernels-%: $(wildcard Tests/C/kernels/*.[ch]) $(KERNEL_SOURCES)
	@mkdir -p $(@D)
	$(CLANG) $(SANITIZED_FLAGS) $(SANITIZE_address) -fuse-ld=lld -DLAMINA_NO_CLONES \
	  $(if $(KERNEL_LEVELS),-march=$*) -ISources/CLaminaKernels/include -o $@ $(filter %.c,$^) -lm

run-test-sanitizers: build/test/sanitizers.passed
	@$(if $(RAN_sanitizers),echo "test-sanitizers: passed",echo "test-sanitizers: passed already (\`make retest\` runs it again)")

build/test/sanitizers.passed: $(SANITIZED_TESTS) $(FIXTURES) $(TEST_MODEL)
	$(TEST_ENVIRONMENT) UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 SWIFT_BACKTRACE=enable=no \
	  Tests/C/run.sh build/lib $(SANITIZED_TESTS)
	$(passed)

# -------------------------------------------------------- the network of digits --
# SEED=2 MODEL=FILE trains another beside it.

SEED := 1
MODEL := Sources/CBuiltinModel/digits.safetensors
RENDERED := build/digits/train

model: $(RENDERED)-labels-idx1-ubyte $(BLAS_FILES) | $(MNIST_FILES)
	$(require-swift)
	$(SWIFT) build -c release --product train-digits --scratch-path build/swiftpm$(EDITION) \
	  $(SWIFTPM_LINK) $(SWIFT_WARNINGS)
	@mkdir -p '$(dir $(MODEL))'
	build/swiftpm$(EDITION)/release/train-digits --seed $(SEED) --rendered $(RENDERED) \
	  --output '$(MODEL)'

# Digits in the fonts that are for training.
$(RENDERED)-labels-idx1-ubyte: Tests/real-digits/render_fonts.py Tests/real-digits/fonts.json \
    $(wildcard Tests/real-digits/suite/*.py) build/venv/real-digits.stamp
	$(VENV_PYTHON) $< --split train --per-family 8 --output $(RENDERED)

# --------------------------------------------------------------- real digits --
# PER_KIND=50 PAGES=5 makes fewer pictures and pages, WITH=FILE asks another model than the
# library's own, and WRITE= leaves docs/real-digits.md and its pictures alone. The fonts are
# Debian's packages, unpacked into build/fonts; nothing is installed.

REAL_DIGITS := build/real-digits/test
REAL_DIGITS_SOURCES := $(wildcard Tests/real-digits/*.* Tests/real-digits/suite/*.py)
# In a variable, since commas end a function's argument.
SINGLE_DIGITS := handwritten,drawn,printed
PER_KIND := 500
PAGES := 40
WRITE := 1
WITH :=

build/venv/real-digits.stamp: Tests/real-digits/requirements.txt | build/venv/numpy.stamp
	$(PIP) -r $<
	@touch $@

real-digits: deps
	@$(MAKE) run-real-digits RUNTIME=embedded OPENBLAS=static

.PHONY: run-real-digits
run-real-digits: lib build/venv/real-digits.stamp | $(MNIST_FILES)
	$(RUN_PYTHON) Tests/real-digits/make.py --split test --per-kind $(PER_KIND) --pages $(PAGES) \
	  --output $(REAL_DIGITS)
	$(RUN_PYTHON) Tests/real-digits/measure.py $(REAL_DIGITS) $(if $(WITH),--model '$(WITH)') \
	  $(if $(WRITE),--write)
	$(if $(WRITE),$(RUN_PYTHON) Tests/real-digits/sheet.py $(REAL_DIGITS) --per-row 6 --columns 3 \
	  --only $(SINGLE_DIGITS) --cell 52 --colours 256 --output docs/pictures/real-digits.png)
	$(if $(WRITE),$(RUN_PYTHON) Tests/real-digits/sheet.py $(REAL_DIGITS) --only pages --per-row 2 \
	  --columns 2 --cell 240 --colours 64 --output docs/pictures/real-digits-pages.png)

test-real-digits: deps
	@$(MAKE) run-test-real-digits RUNTIME=embedded OPENBLAS=static

.PHONY: run-test-real-digits
run-test-real-digits: build/test/real-digits.passed
	@$(if $(RAN_real-digits),echo "test-real-digits: passed",echo "test-real-digits: passed already (\`make retest\` runs it again)")

build/test/real-digits.passed: $(LIBRARY_SOURCES) $(REAL_DIGITS_SOURCES) docs/real-digits.md $(TEST_MODEL) \
    $(OUT)/settings build/venv/real-digits.stamp build/venv/dev.stamp build/bin/png-classify \
    $(EXAMPLE) | lib $(MNIST_FILES)
	$(TEST_ENVIRONMENT) $(if $(WITH),REAL_DIGITS_MODEL='$(abspath $(WITH))') \
	  $(RUN_PYTHON) -m pytest -q Tests/real-digits
	$(passed)

# ----------------------------------------------------------------- benchmark --
# Lamina's part is built here, in both editions; run.py installs the peers, measures and writes.
# QUICK=1 installs nothing, ONLY="training,files" measures some kinds of work: both leave
# docs/performance.md alone. ROUNDS=9 measures more often.

BENCH := build/bench
BENCH_HOSTS := $(addprefix $(BENCH)/hosts/,measure lamina png onnxruntime machine products density \
  classify_png $(if $(filter x86_64,$(shell uname -m)),products-AVX2 products-SSE))
BENCH_HEADERS := $(wildcard Benchmarks/hosts/*.h) include/lamina.h
BENCH_HOST_FLAGS := -std=gnu11 -O3 $(C_WARNINGS) -Iinclude
BENCH_SWIFT := $(shell find Benchmarks -name '*.swift')
BENCH_TRAINER := $(BENCH)/trainer/$(if $(filter none,$(OPENBLAS)),none,default)

bench: deps
	@$(MAKE) bench-edition bench-hosts OPENBLAS=static RUNTIME=embedded
	@$(MAKE) bench-edition OPENBLAS=none RUNTIME=embedded || echo "make: there is no small edition"
	$(PYTHON) Benchmarks/run.py $(if $(QUICK),--quick) $(if $(ONLY),--only '$(ONLY)') \
	  $(if $(ROUNDS),--rounds $(ROUNDS))

bench-report:
	cd Benchmarks && $(PYTHON) -m harness.report $(if $(ONLY),--part,$(if $(QUICK),--quick))

bench-profile: deps | $(MNIST_FILES)
	@$(MAKE) bench-edition OPENBLAS=static RUNTIME=embedded
	cd Benchmarks && $(PYTHON) -m harness.profile

.PHONY: bench-edition bench-hosts
bench-edition: lib command $(BENCH_TRAINER)/built.stamp
bench-hosts: $(BENCH_HOSTS) build/venv/numpy.stamp | $(MNIST_FILES)

$(BENCH_TRAINER)/built.stamp: $(COMMAND_SOURCES) $(BLAS_FILES) $(OUT)/settings \
    $(BENCH_SWIFT)
	$(require-swift)
	$(SWIFT) build -c release --package-path Benchmarks/trainer --scratch-path $(BENCH_TRAINER) \
	  --static-swift-stdlib $(SWIFTPM_LINK) $(SWIFT_WARNINGS)
	@touch $@

$(BENCH)/hosts/%: Benchmarks/hosts/%.c $(BENCH_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(BENCH_HOST_FLAGS) -o $@ $<

# For the processor that it runs on.
$(BENCH)/hosts/machine: Benchmarks/hosts/machine.c $(BENCH_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(BENCH_HOST_FLAGS) -march=native -o $@ $< -pthread

# With the library's own kernels: SwiftPM's archive has them.
BENCH_KERNEL_FLAGS := $(BENCH_HOST_FLAGS) -ISources/CLaminaKernels/include
BENCH_BLAS = $(or $(BLAS_FILES),-lopenblas)
SKIPPING_DENSITY = $(shell sed -n 's/.* density: Float = \([0-9.]*\)$$/\1f/p' \
  Sources/Lamina/Kernels/SparseProduct.swift)

$(BENCH)/hosts/products: Benchmarks/hosts/products.c $(BENCH_HEADERS) $(BLAS_FILES) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(BENCH_KERNEL_FLAGS) -o $@ $< $(LIBRARY_SCRATCH)/release/libLaminaC.a $(BENCH_BLAS) -lm

$(BENCH)/hosts/density: Benchmarks/hosts/density.c $(BENCH_HEADERS) $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(BENCH_KERNEL_FLAGS) -DSKIPPING_DENSITY=$(SKIPPING_DENSITY) -o $@ $< \
	  $(LIBRARY_SCRATCH)/release/libLaminaC.a -lm

# As they are on older processors.
$(BENCH)/hosts/products-AVX2: BENCH_LEVEL := x86-64-v3
$(BENCH)/hosts/products-SSE: BENCH_LEVEL := x86-64
BENCH_PRODUCT_KERNELS := $(wildcard $(addprefix Sources/CLaminaKernels/, \
  product.c tiles.c vector_product.c *.h include/*.h))
$(BENCH)/hosts/products-%: Benchmarks/hosts/products.c $(BENCH_PRODUCT_KERNELS) $(BENCH_HEADERS) $(BLAS_FILES)
	@mkdir -p $(@D)
	$(CLANG) -O2 -march=$(BENCH_LEVEL) -DLAMINA_NO_CLONES $(C_WARNINGS) -Iinclude \
	  -ISources/CLaminaKernels/include -o $@ $(filter %.c,$^) $(BENCH_BLAS) -lm

# Without a path in them: LD_LIBRARY_PATH chooses the edition.
$(BENCH)/hosts/lamina: Benchmarks/hosts/inference.c Benchmarks/hosts/lamina.c $(BENCH_HEADERS) | lib
	@mkdir -p $(@D)
	$(CC) $(BENCH_HOST_FLAGS) -o $@ $(filter %.c,$^) -Lbuild/lib -llamina

# With a copy of the library's decoder, which no lamina_* gives alone.
BENCH_DECODER := $(wildcard Sources/CPNG/*.h Sources/CPNG/include/*.h) Sources/CPNG/decoder.c Sources/CPNG/source.c
$(BENCH)/hosts/png: Benchmarks/hosts/png.c $(BENCH_DECODER) $(BENCH_HEADERS) | lib
	@mkdir -p $(@D)
	$(CLANG) $(BENCH_HOST_FLAGS) -ISources/CPNG/include -o $@ $(filter %.c,$^) -Lbuild/lib -llamina -lpng

$(BENCH)/hosts/classify_png: bindings/c/examples/01_classify.c $(BENCH_HEADERS) | lib
	@mkdir -p $(@D)
	$(CC) $(BENCH_HOST_FLAGS) -o $@ $< -Lbuild/lib -llamina

$(BENCH)/hosts/onnxruntime: Benchmarks/hosts/inference.c Benchmarks/hosts/onnxruntime.c $(BENCH_HEADERS)
	@mkdir -p $(@D)
	$(CC) $(BENCH_HOST_FLAGS) -o $@ $(filter %.c,$^) -ldl

# ---------------------------------------------------------- lint and format --

SWIFT_FOLDERS := Package.swift Sources Tests docs Benchmarks
C_FILES := $(shell find Sources Tests bindings include Benchmarks -name '*.[ch]' -o -name '*.[ch]pp')
SHELL_FILES := .ci/run $(shell find Tests bindings -name '*.sh')
OTHER_PYTHON := $(shell find Tests bindings/c bindings/shell docs Benchmarks -name '*.py')
RUFF := build/venv/bin/ruff
RUFF_OTHER := $(RUFF) --config bindings/python/pyproject.toml
# Scripts that make fixtures are no interface: their names may speak for themselves.
SCRIPT_RULES := --ignore D,PLR0913,PLR0917

# Python may have to be able to make a virtual environment first.
lint: deps
	@$(MAKE) run-lint

.PHONY: run-lint lint-swift lint-c lint-python lint-shell
run-lint: lint-swift lint-c lint-python lint-shell

lint-swift lint-c lint-python lint-shell: lint-%: build/lint/%.passed
	@$(if $(RAN_$*),echo "$@: passed",echo "$@: passed already")

build/lint/swift.passed: $(ALL_SOURCES) $(SWIFT_TESTS) $(wildcard docs/pictures/*.swift) $(BENCH_SWIFT) .swift-format
	$(SWIFT) format lint --strict --recursive --parallel $(SWIFT_FOLDERS)
	$(passed)

build/lint/c.passed: $(C_FILES) .clang-format build/venv/dev.stamp
	build/venv/bin/clang-format --dry-run -Werror $(C_FILES)
	$(passed)

build/lint/python.passed: $(PYTHON_SOURCES) $(OTHER_PYTHON) build/venv/dev.stamp
	$(RUFF) check bindings/python
	$(RUFF) format --check bindings/python
	$(RUFF_OTHER) check $(SCRIPT_RULES) $(OTHER_PYTHON)
	$(RUFF_OTHER) format --check $(OTHER_PYTHON)
	cd bindings/python && '$(CURDIR)/build/venv/bin/mypy'
	$(passed)

build/lint/shell.passed: $(SHELL_FILES)
	for file in $(SHELL_FILES); do bash -n $$file; done
	$(passed)

format: build/venv/dev.stamp
	$(SWIFT) format --in-place --recursive --parallel $(SWIFT_FOLDERS)
	build/venv/bin/clang-format -i $(C_FILES)
	$(RUFF) check --fix bindings/python
	$(RUFF) format bindings/python
	$(RUFF_OTHER) check --fix $(SCRIPT_RULES) $(OTHER_PYTHON)
	$(RUFF_OTHER) format $(OTHER_PYTHON)

# ------------------------------------------------------------------- install --
# What is there and the same stays untouched.

STRIPPED := build/stripped$(if $(VARIANT),/$(VARIANT))
STRIPPED_FILES := $(addprefix $(STRIPPED)/,liblamina.so png-classify man/png-classify.1 \
  completions/bash completions/zsh completions/fish $(if $(filter embedded,$(RUNTIME)),liblamina.a))
PLACES := PREFIX LIBDIR INCLUDEDIR BINDIR DOCDIR MANDIR DATADIR DESTDIR STRIPPED VERSION SONAME
INSTALL := $(foreach name,$(PLACES),$(name)='$($(name))') bindings/install.sh

install: lib command $(STRIPPED_FILES)
	@$(INSTALL) install

uninstall:
	@$(INSTALL) uninstall

$(STRIPPED)/liblamina.so: $(LIBRARY)
$(STRIPPED)/png-classify: $(COMMAND)
$(STRIPPED)/liblamina.a: $(STATIC_LIBRARY)
$(STRIPPED)/liblamina.so $(STRIPPED)/png-classify:
	@mkdir -p $(@D)
	@strip --strip-unneeded -o $@ $<

$(STRIPPED)/liblamina.a:
	@mkdir -p $(@D)
	@cp -f $< $@

$(STRIPPED)/man/png-classify.1: bindings/shell/manual_pages.py $(COMMAND)
	@$(PYTHON) $< $(COMMAND) $(@D)

$(STRIPPED)/completions/%: $(COMMAND)
	@mkdir -p $(@D)
	@$(COMMAND) --generate-completion-script $* | sed '1{/^#!/d}' >$@

# The package has all that is installed.
DEB_ARCH := $(or $(shell dpkg --print-architecture 2>/dev/null),amd64)
DEB := build/lamina_$(VERSION)_$(DEB_ARCH).deb

deb: $(DEB)
$(DEB): lib command $(STRIPPED_FILES) bindings/deb.sh bindings/install.sh
	@$(MAKE) install DESTDIR='$(CURDIR)/build/deb' PREFIX=/usr LIBDIR=/usr/lib/$(MULTIARCH) >/dev/null
	@VERSION=$(VERSION) ARCH=$(DEB_ARCH) bindings/deb.sh build/deb $@
