package dev.cutover.proof.power;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Single portions of the proof. */
public final class PowerCheck {

  private PowerCheck() {}

  /** Why this machine cannot; empty if it can. */
  public static String refusal(Path work) throws IOException {
    return LoopDisk.refusal(work);
  }

  /** What is broken or lost of an upgrade when the power is cut at its end. */
  public static List<String> atTheEnd(Path work, UnaryOperator<String> patch) throws IOException {
    try (PowerRig rig = new PowerRig(PowerScenario.named("upgrade"), work, patch)) {
      return new ArrayList<>(rig.cut("at the end"));
    }
  }
}
