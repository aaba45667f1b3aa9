// Made here because not every file system that holds this repository can carry such names.
def directory = new File(basedir, 'src/main/it\'s "the" $HOME')
directory.mkdirs()
new File(directory, 'a `file`.txt').text = 'carried exactly\n'
return true
