internal import CLibCrypto
public import Foundation

/// The SHA-256 of some bytes, as 64 hexadecimal digits; `not-available` where OpenSSL is set up to refuse it, which equals no digest.
public func sha256(_ bytes: some ContiguousBytes) -> String {
  var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
  let isDone = bytes.withUnsafeBytes { buffer in
    SHA256(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count, &digest) != nil
  }
  guard isDone else { return "not-available" }
  return digest.map { byte in
    let digits = String(byte, radix: 16)
    return byte < 16 ? "0" + digits : digits
  }.joined()
}
