def site = new dev.cutover.it.ReleasedProject(basedir, 'host/srv/shop')
def port = new File(basedir, 'host/srv/shop/shared/config/shop.properties').text.trim() - 'port='
try {
  // The app itself says what serves: the release before the broken one.
  assert new URL("http://localhost:$port/health").text == '{"status":"UP"}'
  assert new URL("http://localhost:$port/version").text ==
      """{"version":"2.0.0","release":"${site.live()}"}"""
  assert site.outcome().getString('outcome') == 'REVERTED'
  assert site.said('503')
} finally {
  def stop = new ProcessBuilder('sh', 'src/main/deploy/bin/stop').directory(basedir)
  stop.environment().put('SHARED_PATH', new File(basedir, 'host/srv/shop/shared').absolutePath)
  assert stop.start().waitFor() == 0
}
