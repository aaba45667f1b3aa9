package dev.cutover.proof.mutants;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** All of our classes anew, those of one source file as they were compiled from a changed copy. */
final class Mutated extends ClassLoader {

  private static final String OURS = "dev.cutover.";
  private static final Path SOURCES = Path.of("src", "main", "java", "dev", "cutover");

  private final Path classes;

  private Mutated(Path classes) {
    super(Mutated.class.getClassLoader());
    this.classes = classes;
  }

  /** Those of a file in which a text is replaced. */
  static Mutated with(EngineBug bug, Path directory) throws IOException {
    Path source = SOURCES.resolve(bug.source());
    String text = Files.readString(source);
    if (text.split(java.util.regex.Pattern.quote(bug.right()), -1).length < 2) {
      throw new IllegalStateException(source + " has no '" + bug.right() + "' any more");
    }
    Path changed = directory.resolve(String.valueOf(source.getFileName()));
    Files.writeString(changed, text.replace(bug.right(), bug.wrong()));
    Path classes = Files.createDirectories(directory.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-d", classes.toString(), "-classpath", classPath());
      boolean done =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(changed))
              .call();
      if (!done) {
        throw new IllegalStateException(bug.name() + ": " + said);
      }
    }
    return new Mutated(classes);
  }

  private static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? defined(name) : known;
    }
  }

  private Class<?> defined(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    Path changed = classes.resolve(file);
    try (InputStream in =
        Files.exists(changed) ? Files.newInputStream(changed) : getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
