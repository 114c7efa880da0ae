package simpleipc

// There is no watchdog here: a program notices that its input has ended.

func readyWatchdog() {}
func watch(int)      {}
func forget(int)     {}
