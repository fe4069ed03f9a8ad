import MixedInteger
import Testing

@Suite struct LinearModelFaultTests {
  private func faults(_ model: LinearModel, _ options: SolveOptions = SolveOptions()) -> [String] {
    do throws(LinearModelFault) {
      _ = try solve(model, options)
      return []
    } catch { return error.faults }
  }

  @Test func `all faults at once`() {
    var larger = LinearModel(name: "another")
    let stray = (0..<9).map { larger.variable("v\($0)", .binary) }[8]
    var model = LinearModel(name: "faulty")
    let a = model.variable("a", .continuous(5, 3))
    let b = model.variable("a", .continuous(.nan, 1))
    let infants = model.variable("infant_places", .integer(0, 1e25))
    _ = model.variable("never", .continuous(.infinity, .infinity))
    model.constrain("row", 1e-12 * a + .nan * b + 2e7 * infants, .atMost, .infinity)
    model.constrain("row", 1 * stray, .atLeast, 0)
    model.constrain("two words", 1 * a, .atLeast, .nan)
    model.objective = .infinity * a + 1 * stray + LinearExpression(.nan)
    #expect(
      faults(model) == [
        "variable 'a' is there twice",
        "variable 'infant_places': the name begins with 'inf', which readers of LP text take for a number",
        "constraint 'row' is there twice",
        "constraint 'two words': the name may have only letters, digits and _ . # ( ) ,",
        "variable 'a' has lower bound 5.0 above upper bound 3.0",
        "variable 'a' has a bound that is not a number",
        "variable 'infant_places' has bound 1e+25, which the solver takes for infinite",
        "variable 'never' has no finite value within its bounds",
        "constraint 'row' has variable number 8, but the model has 4",
        "the objective has variable number 8, but the model has 4",
        "the objective has coefficient inf of 'a'",
        "the objective has constant nan",
        "constraint 'row' has value inf",
        "constraint 'row' has coefficient 1e-12 of 'a': not between 1e-9 and 1e7, so state it in other units",
        "constraint 'row' has coefficient nan of 'a': not between 1e-9 and 1e7, so state it in other units",
        "constraint 'row' has coefficient 20000000.0 of 'infant_places': not between 1e-9 and 1e7, so state it in other units",
        "constraint 'two words' has value nan",
      ])
  }

  @Test(arguments: [
    ("", false), ("a b", false), ("x[1]", false), ("1st", false), (".x", false), ("e12", false), ("E", false),
    ("inf", false), ("Infant", false), ("NaN_x", false), ("Free", false), ("end", false), ("St", false),
    ("x:y", false), ("x+y", false), ("é", false), ("obj", false), (String(repeating: "x", count: 256), false),
    ("east", true), ("_1", true), ("school.42#9(2,3)", true), ("ending", true), ("Expansion", true),
    ("s", true),
  ]) func `names that LP text can carry`(_ name: String, _ isFine: Bool) {
    var model = LinearModel(name: "names")
    _ = model.variable(name, .binary)
    #expect(faults(model).isEmpty == isFine)
  }

  @Test func `options that mean nothing`() {
    let options = SolveOptions(
      relativeGap: .nan, absoluteGap: -1, timeLimit: .seconds(-1), nodeLimit: -1, seed: -1, threads: 0,
      start: [1, .nan])
    #expect(
      faults(LinearModel(name: "m"), options) == [
        "the relative gap is nan", "the absolute gap is -1.0", "the time limit is below nought",
        "the node limit is -1", "the seed is -1", "the number of threads is 0",
        "the start has 2 values for 0 variables", "the start has a value that is not a number",
      ])
  }

  @Test func `changes of what is not there`() throws {
    var model = LinearModel(name: "m")
    let x = model.variable("x", .binary)
    model.setBounds(.number(3), 0, 1)
    model.setValue(.number(2), 1)
    #expect(
      faults(model) == [
        "bounds are set of variable number 3, but the model has 1",
        "a value is set of constraint number 2, but the model has 0",
      ])
    var other = LinearModel(name: "other")
    _ = [other.variable("x", .binary), other.variable("y", .binary)]
    let solution = try #require(try solve(other).solution)
    #expect(solution[x] == 0 && solution[.number(2)].isNaN)
  }

  @Test func `the error says which model`() {
    var model = LinearModel(name: "north")
    _ = model.variable("free", .binary)
    let fault = #expect(throws: LinearModelFault.self) { try Resolver(model) }
    #expect(
      fault?.description == "model 'north' is refused:\n  variable 'free': the name is a word of LP text")
  }
}
