internal import CLibCrypto
public import Foundation

/// The SHA-256 of some bytes, as 64 hexadecimal digits; see ``RunningFingerprint`` for what is not in memory at once.
public func sha256(_ bytes: some ContiguousBytes) -> String {
  let fingerprint = RunningFingerprint()
  fingerprint.update(bytes)
  return fingerprint.finish()
}

/// The SHA-256 of bytes that come in blocks.
final class RunningFingerprint {
  private let context = EVP_MD_CTX_new()
  private var isSound: Bool

  init() {
    isSound = EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
  }

  deinit { EVP_MD_CTX_free(context) }

  func update(_ block: some ContiguousBytes) {
    block.withUnsafeBytes { bytes in
      isSound = isSound && EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
    }
  }

  /// As 64 hexadecimal digits; `not-available` where OpenSSL is set up to refuse it, which equals no digest. Asked once.
  func finish() -> String {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var count: UInt32 = 0
    guard isSound, EVP_DigestFinal_ex(context, &digest, &count) == 1 else { return "not-available" }
    return digest.prefix(Int(count)).map { padded(String($0, radix: 16), to: 2) }.joined()
  }
}
