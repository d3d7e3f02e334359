package store

import (
	"os/exec"
	"runtime"
	"testing"
	"time"
)

// In a container without an init process the one who died stays in the table of processes.
func TestAProcessThatNobodyBuriesIsDead(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells the state of a process")
	}
	cmd := exec.Command("sleep", "60")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Wait() }()
	name := nameProcess(cmd.Process.Pid)
	if !alive(name) {
		t.Error("a process that runs is dead")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); alive(name); {
		if time.Now().After(deadline) {
			t.Fatal("a process that was killed is alive")
		}
		runtime.Gosched()
	}
}
