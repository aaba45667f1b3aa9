package dev.cutover.domain;

/**
 * Something wrong with what the user gave, found before anything was touched.
 *
 * @param parameter the parameter and its place, e.g. {@code <hooks><hook>[2]<timeout>} or {@code
 *     deploy.keep}
 * @param message what is wrong with it and what would be right
 */
public record Problem(String parameter, String message) {
  @Override
  public String toString() {
    return parameter + ": " + message;
  }
}
