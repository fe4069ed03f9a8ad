public import ArgumentParser
public import ModelFiles
public import Runs

// Words of the modules that an option takes. A conformance of a public type is public itself.

extension SchoolScope: ExpressibleByArgument {}
extension BirthYear: ExpressibleByArgument {}
extension ExportKind: ExpressibleByArgument {}
