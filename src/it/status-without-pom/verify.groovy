def log = new File(basedir, 'build.log').text
def status = log.substring(log.indexOf('status of'))

assert status.contains('GOOD')
assert status.contains('1.0.0')
