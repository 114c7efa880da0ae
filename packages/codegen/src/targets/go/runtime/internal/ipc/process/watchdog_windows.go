package process

// There is no watchdog on Windows: a program notices that its input has ended.

// ReadyWatchdog does nothing.
func ReadyWatchdog() {}

// Watch does nothing.
func Watch(int) {}

// Forget does nothing.
func Forget(int) {}
