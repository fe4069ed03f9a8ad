internal import Dispatch
internal import Synchronization

/// Works items out side by side, each on whichever thread is free next. **Returns** them in their order, so that nothing hangs on the
/// number of threads.
public func inParallel<T: Sendable>(
  _ items: Int, threads: Int = 2, _ body: @Sendable (Int) -> T
) -> [T] {
  let found = Mutex([T?](repeating: nil, count: items))
  let next = Mutex(0)
  DispatchQueue.concurrentPerform(iterations: min(threads, items)) { _ in
    while true {
      let item = next.withLock { position in
        position += 1
        return position - 1
      }
      guard item < items else { return }
      let value = body(item)
      found.withLock { $0[item] = value }
    }
  }
  return found.withLock { $0.compactMap { $0 } }
}
