package dev.cutover.transport.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.KeyPair;

/** A private key that is ready to sign: decrypted once, here, and not again by JSch. */
final class KeyIdentity implements Identity {

  private final String name;
  private final KeyPair pair;

  KeyIdentity(String name, KeyPair pair) {
    this.name = name;
    this.pair = pair;
  }

  @Override
  public boolean setPassphrase(byte[] passphrase) {
    return true;
  }

  @Override
  public byte[] getPublicKeyBlob() {
    return pair.getPublicKeyBlob();
  }

  @Override
  public byte[] getSignature(byte[] data) {
    return pair.getSignature(data);
  }

  @Override
  public byte[] getSignature(byte[] data, String algorithm) {
    return pair.getSignature(data, algorithm);
  }

  @Override
  public String getAlgName() {
    return pair.getKeyTypeString();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isEncrypted() {
    return false;
  }

  @Override
  public void clear() {
    pair.dispose();
  }
}
