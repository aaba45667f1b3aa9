package dev.cutover.transport.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Does once, with keys of no use, what a login is going to do. The first time costs Java 60 to 100
 * ms of loading, which this way passes while the server's first answers are on their way.
 */
final class Warmup {

  private Warmup() {}

  static void start() {
    Thread thread = new Thread(Warmup::run, "Warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("EmptyCatch")
  private static void run() {
    try {
      agree();
      sign();
      encrypt();
    } catch (GeneralSecurityException notHere) {
      // What this Java does not have, the login negotiates away.
    }
  }

  private static void agree() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(pair.getPrivate());
    agreement.doPhase(pair.getPublic(), true);
    agreement.generateSecret();
  }

  private static void sign() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    byte[] signed = signature.sign();
    signature.initVerify(pair.getPublic());
    signature.verify(signed);
  }

  private static void encrypt() throws GeneralSecurityException {
    byte[] once = new byte[16];
    new SecureRandom().nextBytes(once);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(once, "AES"), new GCMParameterSpec(128, once));
    cipher.doFinal(once);
  }
}
