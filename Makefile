MODEL ?= Models/gloucestershire
MODULES = Diagnostics PlacePlanning NumericCore MixedInteger ModelFiles Forecasting Projection Sufficiency CapitalProgramme Scenarios Spreadsheets OpenData Papers Runs PlacesWeb

.PHONY: help run test bench serve format lint docs

help: ## Say what there is to make
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: ## Build places and run a model: make run MODEL=Models/gloucestershire
	@scripts/setup run
	swift build -c release --product places
	.build/release/places run $(MODEL)

test: ## Build and run every test, the papers in a browser and as documents, a short benchmark and another package
	@scripts/setup test
	swift build --build-tests
	swift test --skip-build --disable-xctest
	PYTHONPATH=.deps/py-read:.deps/py-ua python3 Tests/Documents/check_documents.py
	PYTHONPATH=.deps/py-test python3 Tests/Browser/check_papers.py
	PYTHONPATH=.deps/py-scripts python3 Tests/Scripts/check_answers.py
	.build/debug/PlacesBenchmarks --smoke
	swift build --package-path Tests/OtherPackage --scratch-path .build
	.build/debug/OtherPackage Models/exampleton | diff Tests/OtherPackage/expected.txt -

bench: ## Build and run the benchmarks
	@scripts/setup run
	swift build -c release --product PlacesBenchmarks
	.build/release/PlacesBenchmarks
	.build/release/PlacesBenchmarks ensemble
	.build/release/PlacesBenchmarks accuracy
	.build/release/PlacesBenchmarks capital
	.build/release/PlacesBenchmarks capital-small
	.build/release/PlacesBenchmarks import
	swift build -c release --product places
	.build/release/PlacesBenchmarks whatif

serve: ## Build places and serve its page
	@scripts/setup run
	swift build -c release --product places
	.build/release/places serve

format: ## Put the Swift sources into the house format
	@scripts/setup toolchain
	swift format -i -r Sources Tests Package.swift

lint: ## Check that format, and the linter's rules
	@scripts/setup toolchain
	swift format lint --strict -r Sources Tests Package.swift

docs: ## Write the documentation of the modules into .build/docs
	@scripts/setup run
	swift package --allow-writing-to-directory .build/docs generate-documentation \
	  $(addprefix --target ,$(MODULES)) --enable-experimental-combined-documentation \
	  --output-path .build/docs --disable-indexing --transform-for-static-hosting
