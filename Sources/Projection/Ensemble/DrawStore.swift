internal import Foundation

/// Rows of draws, each as long as all the tiles together.
///
/// Unchecked: written only while an ensemble is being drawn, each part by one thread, and read only afterwards.
final class DrawStore: @unchecked Sendable {
  let width: Int
  private let buffer: UnsafeMutableBufferPointer<Double>

  /// Large stores lie in pages of 2 MiB where the system has them: short pieces of many rows are then found faster.
  init(rows: Int, width: Int) {
    self.width = width
    let (bytes, page) = (rows * width * MemoryLayout<Double>.stride, 1 << 21)
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes, alignment: bytes < page ? 64 : page)
    #if os(Linux)
      if bytes >= page { _ = madvise(memory.baseAddress, bytes, MADV_HUGEPAGE) }
    #endif
    buffer = memory.bindMemory(to: Double.self)
  }

  deinit { buffer.deallocate() }

  func row(_ index: Int) -> UnsafeMutableBufferPointer<Double> { rows(index, 1) }

  func rows(_ first: Int, _ count: Int) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(rebasing: buffer[first * width..<(first + count) * width])
  }

  /// `count` draws of a row from the draw at a position on.
  func part(_ row: Int, _ first: Int, _ count: Int) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(rebasing: buffer[row * width + first..<row * width + first + count])
  }
}
