package dev.cutover.mojo.reactor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.maven.execution.ExecutionListener;
import org.apache.maven.execution.MavenSession;

/**
 * The moment when all modules are built and Maven has not yet said BUILD SUCCESS. (A lifecycle
 * participant's {@code afterSessionEnd} comes after that line.)
 */
final class SessionEnd {

  private SessionEnd() {}

  /** Has {@code work} run at that moment; what Maven itself does then comes after. */
  static void before(MavenSession session, Runnable work) {
    ExecutionListener listener = session.getRequest().getExecutionListener();
    session
        .getRequest()
        .setExecutionListener(
            (ExecutionListener)
                Proxy.newProxyInstance(
                    SessionEnd.class.getClassLoader(),
                    new Class<?>[] {ExecutionListener.class},
                    (proxy, method, arguments) -> {
                      if (method.getName().equals("sessionEnded")) {
                        work.run();
                      }
                      if (method.getDeclaringClass() == Object.class) {
                        return switch (method.getName()) {
                          case "equals" -> arguments[0] == proxy;
                          case "hashCode" -> System.identityHashCode(proxy);
                          default -> "runs waiting releases at the end of the session";
                        };
                      }
                      if (listener == null) {
                        return null;
                      }
                      try {
                        return method.invoke(listener, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }));
  }
}
