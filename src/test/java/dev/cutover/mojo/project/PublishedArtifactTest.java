package dev.cutover.mojo.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.error.BadParametersException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedArtifactTest {

  @Test
  void readsCoordinates() {
    assertThat(PublishedArtifact.parse("com.example:shop:1.2"))
        .isEqualTo(new PublishedArtifact("com.example", "shop", "1.2", "jar", ""));
    assertThat(PublishedArtifact.parse(" g:a:1-SNAPSHOT:tar.gz:dist "))
        .isEqualTo(new PublishedArtifact("g", "a", "1-SNAPSHOT", "tar.gz", "dist"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "g:a",
        "g:a:LATEST",
        "g:a:RELEASE",
        "g:a:[1,2)",
        "g:a:1:jar:x:y",
        "g:a:1:",
        "../a:b:c",
        "g:a:$(x)",
        "g::1"
      })
  void refusesEverythingElseByName(String text) {
    assertThatThrownBy(() -> PublishedArtifact.parse(text))
        .isInstanceOf(BadParametersException.class)
        .hasMessageStartingWith("deploy.artifact: ");
  }
}
