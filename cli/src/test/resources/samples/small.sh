#!/bin/sh
# What small.kev is a recording of: one shell and everything below it. RecordSample starts it, waits for `ready`, attaches
# the probe and then says go. Everything is done for real, within /tmp, /dev/shm and the loopback interface.
memory=/sys/fs/cgroup/memory
service=$memory/system.slice/sample.service
container=$memory/docker/3f4e1c5a9b7d2e8f0a6c4b1d9e7f5a3c2b8d6e4f1a9c7b5d3e2f8a6c4b1d9e7f
mkdir -p "$service" "$container" && echo $$ >"$service/cgroup.procs"
cd /tmp || exit 1
rm -rf sample /dev/shm/sample
echo ready
read -r go
: "$go"

# reading what nobody should, and what is not there
cat /etc/shadow >/dev/null
cat /etc/passwd /nonexistent/file >/dev/null 2>&1

# files: make, change, link, move, remove
mkdir sample && cd sample || exit 1
echo text >plain
chmod 600 plain
chmod 4755 plain
chown 1:1 plain
ln -s /etc/passwd symbolic
ln plain hard
mv plain moved
touch -d 2020-01-01 moved
rm hard symbolic moved
mkdir deep
rmdir deep

# running from memory and from a temporary place
cp /bin/true /dev/shm/sample && /dev/shm/sample
rm /dev/shm/sample
perl -e 'my $name = "payload"; my $f = syscall(319, $name, 0); open(my $in, "<", "/bin/true"); binmode $in; local $/; my $b = <$in>;
    open(my $out, ">&=", $f); binmode $out; $| = 1; syswrite $out, $b; exec "/proc/$$/fd/$f"' 2>/dev/null

# network, on the loopback interface: a listener, a client, and a shell whose input and output are a socket
perl -MIO::Socket::INET -e '
    my $l = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 18080, Listen => 5, ReuseAddr => 1) or die;
    if (!fork) { exec "curl", "-q", "-s", "-m", "5", "http://127.0.0.1:18080/" }
    my $c = $l->accept; my $line = <$c>; print $c "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok"; close $c; wait;
    if (!fork) { close $l; my $s = IO::Socket::INET->new("127.0.0.1:18080") or die;
        open STDIN, "<&", $s; open STDOUT, ">&", $s; open STDERR, ">&", $s; exec "/bin/sh", "-c", "id" }
    $c = $l->accept; my @reply = <$c>; wait;
    IO::Socket::INET->new(PeerAddr => "127.0.0.1:18081", Timeout => 1);' >/dev/null 2>&1
perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Proto => "udp", PeerAddr => "127.0.0.1:18053") or die; $s->send("q")' 2>/dev/null

# other identities, namespaces and processes
perl -e '$) = 65534; $( = 65534; $> = 65534; $< = 65534; exec "id", "-u"' >/dev/null
unshare --uts --ipc true
unshare --user true
sleep 60 &
kill $!
perl -e 'if (!(my $p = fork)) { syscall(101, 0, 0, 0, 0); kill "STOP", $$; exit } else { waitpid($p, 2); kill "KILL", $p; wait }'

# in a container, as far as its cgroup tells
sh -c "echo \$\$ >$container/cgroup.procs; exec sh -c 'cat /etc/hostname /etc/shadow; ls /root; touch /tmp/sample/inside; rm /tmp/sample/inside'" >/dev/null 2>&1

cd /tmp && rm -rf sample
echo $$ >$memory/cgroup.procs
