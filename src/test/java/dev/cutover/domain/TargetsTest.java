package dev.cutover.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cutover.domain.Target.Root.Absolute;
import dev.cutover.domain.Target.Root.UnderHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

  @Test
  void readsEveryPartOfAnSshTarget() {
    Target.Ssh target =
        (Target.Ssh) Targets.parse("sftp://deployer@App1.example.com:2222/srv/shop");
    assertThat(target.host()).isEqualTo("app1.example.com");
    assertThat(target.user()).contains("deployer");
    assertThat(target.port()).hasValue(2222);
    assertThat(target.root()).isEqualTo(new Absolute(new RemotePath("/srv/shop")));
    assertThat(target.url()).isEqualTo("sftp://deployer@App1.example.com:2222/srv/shop");
  }

  @ParameterizedTest
  @CsvSource({
    "sftp://h/~/shop, shop",
    "sftp://h/~/a%20b/c, a b/c",
    "file:///~/shop, shop",
    "sftp://h/~/~, ~"
  })
  void readsTargetsBelowTheHome(String url, String relative) {
    assertThat(Targets.parse(url).root()).isEqualTo(new UnderHome(relative));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file:///srv/shop|/srv/shop",
        "file:/srv/shop|/srv/shop",
        "file://localhost/srv/shop|/srv/shop",
        "FILE:///srv/shop/|/srv/shop",
        "sftp://h/srv/my shop|/srv/my shop",
        "sftp://h/srv/it's \"$(x)\";`y`|/srv/it's \"$(x)\";`y`",
        "sftp://h/srv/-rf|/srv/-rf",
        "sftp://h/srv/*?[|",
        "sftp://h/srv/*%3F[%23%25|/srv/*?[#%",
        "sftp://h/a+b|/a+b",
        "sftp://h/%7Euser/x|/~user/x",
        "sftp://h/gr%C3%BC%C3%9Fe|/grüße",
        "sftp://h/a\\b|/a\\b",
        "sftp://h/a@b:c|/a@b:c",
        "sftp://h:22/a@b|/a@b"
      })
  void carriesPathsExactlyOrRefusesThem(String url, String path) {
    if (path == null) {
      assertThatThrownBy(() -> Targets.parse(url)).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(Targets.parse(url).root()).isEqualTo(new Absolute(new RemotePath(path)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sftp://[::1]/x, ::1",
    "sftp://[2001:DB8::1]:22/x, 2001:db8::1",
    "sftp://[fe80::1%25eth0]/x, fe80::1%eth0",
    "sftp://10.0.0.1/x, 10.0.0.1",
    "sftp://my_alias/x, my_alias"
  })
  void readsHosts(String url, String host) {
    assertThat(Targets.parse(url).host()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app1.example.com:/srv/shop",
        "/srv/shop",
        "http://h/x",
        "ssh://h/x",
        "sftp:h/x",
        "sftp://",
        "sftp:///srv/shop",
        "sftp://h",
        "sftp://h/",
        "sftp://h/~",
        "sftp://h/~/",
        "sftp://h/~root/x",
        "sftp://h/a/../b",
        "sftp://h/%2e%2e/b",
        "sftp://h/a%2F..%2Fb",
        "sftp://h/./b",
        "sftp://h//b",
        "sftp://h/a//b",
        "sftp://h/a//",
        "sftp://h/a\nb",
        "sftp://h/a%0Ab",
        "sftp://h/a%00b",
        "sftp://h/a\u0085b",
        "sftp://h/a%7Fb",
        "sftp://h/a%",
        "sftp://h/a%zz",
        "sftp://h/a%C3",
        "sftp://h/a?b",
        "sftp://h/a#b",
        "sftp://-oProxyCommand=x/a",
        "sftp://h;reboot/a",
        "sftp://$(x)/a",
        "sftp://h h/a",
        "sftp://h%0a/a",
        "sftp://-l@h/a",
        "sftp://@h/a",
        "sftp://a%0ab@h/a",
        "sftp://h:0/a",
        "sftp://h:65536/a",
        "sftp://h:abc/a",
        "sftp://h:/a",
        "sftp://h:22:22/a",
        "sftp://[::1/a",
        "sftp://[x]/a",
        "sftp://::1/a",
        "file://other/srv/shop",
        "file:srv/shop",
        "file:///",
        "file:///C:/x/../y"
      })
  void refusesWhatItCannotCarry(String url) {
    assertThatThrownBy(() -> Targets.parse(url)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sftp://me:secret@h/a",
        "sftp://me:sec/ret@h/a",
        "sftp://me:secret@in@h/a",
        "sftp://:secret@h/a"
      })
  void refusesPasswordsWithoutRepeatingThem(String url) {
    assertThatThrownBy(() -> Targets.parse(url))
        .hasMessageNotContaining("sec")
        .hasMessageNotContaining("ret@");
  }

  @Test
  void refusesHugePaths() {
    assertThatThrownBy(() -> Targets.parse("file:///" + "a/".repeat(600) + "b"))
        .hasMessageContaining("1024");
    assertThatThrownBy(() -> Targets.parse("file:///" + "a".repeat(256)))
        .hasMessageContaining("255");
  }

  @Test
  void sameMachineAndRootAreTheSamePlace() {
    assertThat(Targets.parse("sftp://H/srv/a/").lockOrder())
        .isEqualTo(Targets.parse("sftp://me@h:22/srv/a").lockOrder());
  }
}
