def port = dev.cutover.it.RealSshd.freePort()
new File(basedir, 'test.properties').text = "shop.port=$port\n"
def config = new File(basedir, 'host/srv/shop/shared/config/shop.properties')
config.parentFile.mkdirs()
config.text = "port=$port\n"
return true
