package dev.cutover.proof.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each mistake about several hosts, hostile ones and whole releases that was once made is put back
 * into a copy of its class; the unit test that is there for it, and passes without it, must fail.
 */
@Tag("proof")
class SeededBugsInEngineTest {

  static Stream<EngineBug> bugs() {
    return EngineBug.all().stream();
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void isCaught(EngineBug bug, @TempDir Path work) throws Exception {
    Optional<Throwable> failure = failure(bug, Mutated.with(bug, work), work);
    assertThat(failure).as("with the bug").isPresent();
    System.out.printf("caught, %s: %s%n", bug.name(), firstLine(failure.get()));
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).strip().lines().findFirst().orElse("");
  }

  private static Optional<Throwable> failure(EngineBug bug, Mutated classes, Path work)
      throws ReflectiveOperationException, IOException {
    Class<?> type = Class.forName("dev.cutover." + bug.test(), true, classes);
    Method method = type.getDeclaredMethod(bug.method());
    method.setAccessible(true);
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    Object[] given =
        constructor.getParameterCount() == 0
            ? new Object[0]
            : new Object[] {Files.createDirectories(work.resolve("temp"))};
    try {
      method.invoke(constructor.newInstance(given));
      return Optional.empty();
    } catch (InvocationTargetException e) {
      return Optional.ofNullable(e.getCause());
    }
  }
}
