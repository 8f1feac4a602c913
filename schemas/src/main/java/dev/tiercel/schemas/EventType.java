package dev.tiercel.schemas;

import static dev.tiercel.schemas.EventCategory.FILE;
import static dev.tiercel.schemas.EventCategory.INTERNAL;
import static dev.tiercel.schemas.EventCategory.IO_OTHER;
import static dev.tiercel.schemas.EventCategory.IO_READ;
import static dev.tiercel.schemas.EventCategory.IO_WRITE;
import static dev.tiercel.schemas.EventCategory.IPC;
import static dev.tiercel.schemas.EventCategory.MEMORY;
import static dev.tiercel.schemas.EventCategory.NET;
import static dev.tiercel.schemas.EventCategory.OTHER;
import static dev.tiercel.schemas.EventCategory.PROCESS;
import static dev.tiercel.schemas.EventCategory.SCHEDULER;
import static dev.tiercel.schemas.EventCategory.SIGNAL;
import static dev.tiercel.schemas.EventCategory.SLEEP;
import static dev.tiercel.schemas.EventCategory.SYSTEM;
import static dev.tiercel.schemas.EventCategory.TIME;
import static dev.tiercel.schemas.EventCategory.USER;
import static dev.tiercel.schemas.EventCategory.WAIT;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Every event type that rules may name (`evt.type`), with the parameters of its exit form in Falco's order.
///
/// [#number] is what is on the wire (`SyscallEvent.type`): numbers are never changed and never reused, new constants
/// are appended with the next one. Parameters are only appended. Source: Falco libs, driver/event_table.c, schema of
/// 0.44; from 191 on calls that have no entry there, which are events under their own names in Falco too.
public enum EventType {
    ACCEPT(1, NET, "fd:fd tuple:socktuple queuepct:uint queuelen:uint queuemax:uint"),
    ACCEPT4(2, NET, "fd:fd tuple:socktuple queuepct:uint queuelen:uint queuemax:uint flags:int"),
    ACCESS(3, FILE, "res:errno name:path mode:flags"),
    ASYNCEVENT(4, OTHER, "plugin_id:uint name:string data:bytes"),
    BIND(5, NET, "res:errno addr:sockaddr fd:fd"),
    BPF(6, OTHER, "fd:fd cmd:enum"),
    BRK(7, MEMORY, "res:uint vm_size:uint vm_rss:uint vm_swap:uint addr:uint"),
    CAPSET(8, PROCESS, "res:errno cap_inheritable:uint cap_permitted:uint cap_effective:uint"),
    CHDIR(9, FILE, "res:errno path:string"),
    CHMOD(10, FILE, "res:errno filename:path mode:mode"),
    CHOWN(11, FILE, "res:errno path:path uid:uint gid:uint"),
    CHROOT(12, PROCESS, "res:errno path:path"),
    CLONE(13, PROCESS, EventParameters.FORK),
    CLONE3(14, PROCESS, EventParameters.FORK),
    CLOSE(15, IO_OTHER, "res:errno fd:fd"),
    CLOSE_RANGE(16, IO_OTHER, "res:errno first:uint last:uint flags:flags"),
    CONNECT(17, NET, "res:errno tuple:socktuple fd:fd addr:sockaddr"),
    CONTAINER(18, PROCESS, "json:string"),
    COPY_FILE_RANGE(19, FILE, "res:errno fdout:fd offout:uint fdin:fd offin:uint len:uint"),
    CPU_HOTPLUG(20, SYSTEM, "cpu:uint action:uint"),
    CREAT(21, FILE, "fd:fd name:path mode:uint dev:uint ino:uint creat_flags:flags"),
    DELETE_MODULE(22, OTHER, "res:errno name:string flags:flags"),
    DROP(23, INTERNAL, "ratio:uint"),
    DUP(24, IO_OTHER, "res:fd oldfd:fd"),
    DUP2(25, IO_OTHER, "res:fd oldfd:fd newfd:fd"),
    DUP3(26, IO_OTHER, "res:fd oldfd:fd newfd:fd flags:flags"),
    EPOLL_CREATE(27, WAIT, "res:errno size:int"),
    EPOLL_CREATE1(28, WAIT, "res:errno flags:flags"),
    EPOLL_WAIT(29, WAIT, "res:errno maxevents:errno"),
    EVENTFD(30, IPC, "res:fd initval:uint flags:uint"),
    EVENTFD2(31, IPC, "res:fd flags:flags initval:uint"),
    EXECVE(32, PROCESS, EventParameters.EXEC + " filename:path"),
    EXECVEAT(33, PROCESS, EventParameters.EXEC),
    FCHDIR(34, FILE, "res:errno fd:fd"),
    FCHMOD(35, FILE, "res:errno fd:fd mode:mode"),
    FCHMODAT(36, FILE, "res:errno dirfd:fd filename:relpath mode:mode"),
    FCHOWN(37, FILE, "res:errno fd:fd uid:uint gid:uint"),
    FCHOWNAT(38, FILE, "res:errno dirfd:fd pathname:relpath uid:uint gid:uint flags:flags"),
    FCNTL(39, IO_OTHER, "res:fd fd:fd cmd:enum arg:uint"),
    FINIT_MODULE(40, OTHER, "res:errno fd:fd uargs:string flags:flags"),
    FLOCK(41, FILE, "res:errno fd:fd operation:flags"),
    FORK(42, PROCESS, EventParameters.FORK),
    FSCONFIG(43, SYSTEM, "res:errno fd:fd cmd:enum key:string value_bytebuf:bytes value_charbuf:string aux:int"),
    FSTAT(44, FILE, "res:errno fd:fd"),
    FSTAT64(45, FILE, "res:errno"),
    FUTEX(46, IPC, "res:errno addr:uint op:flags val:uint"),
    GETCWD(47, FILE, "res:errno path:string"),
    GETDENTS(48, FILE, "res:errno fd:fd"),
    GETDENTS64(49, FILE, "res:errno fd:fd"),
    GETEGID(50, USER, "egid:gid"),
    GETEUID(51, USER, "euid:uid"),
    GETGID(52, USER, "gid:gid"),
    GETPEERNAME(53, NET, ""),
    GETRESGID(54, USER, "res:errno rgid:gid egid:gid sgid:gid"),
    GETRESUID(55, USER, "res:errno ruid:uid euid:uid suid:uid"),
    GETRLIMIT(56, PROCESS, "res:errno cur:int max:int resource:enum"),
    GETSOCKNAME(57, NET, ""),
    GETSOCKOPT(58, NET, "res:errno fd:fd level:enum optname:enum val:dyn optlen:uint"),
    GETUID(59, USER, "uid:uid"),
    GROUPADDED(60, PROCESS, "gid:uint name:string container_id:string"),
    GROUPDELETED(61, PROCESS, "gid:uint name:string container_id:string"),
    INFRA(62, INTERNAL, "source:string name:string description:string scope:string"),
    INIT_MODULE(63, OTHER, "res:errno img:bytes length:uint uargs:string"),
    INOTIFY_INIT(64, IPC, "res:fd flags:uint"),
    INOTIFY_INIT1(65, IPC, "res:fd flags:flags"),
    IO_URING_ENTER(66, IO_OTHER, "res:errno fd:fd to_submit:uint min_complete:uint flags:flags sig:sigset"),
    IO_URING_REGISTER(67, IO_OTHER, "res:errno fd:fd opcode:enum arg:uint nr_args:uint"),
    IO_URING_SETUP(
            68,
            IO_OTHER,
            "res:errno entries:uint sq_entries:uint cq_entries:uint flags:flags sq_thread_cpu:uint "
                    + "sq_thread_idle:uint features:flags"),
    IOCTL(69, IO_OTHER, "res:errno fd:fd request:uint argument:uint"),
    KEYCTL(70, OTHER, "res:errno operation:enum arg2:dyn arg3:dyn arg4:dyn arg5:dyn"),
    KILL(71, SIGNAL, "res:errno pid:pid sig:signal"),
    LCHOWN(72, FILE, "res:errno path:path uid:uint gid:uint"),
    LINK(73, FILE, "res:errno oldpath:path newpath:path"),
    LINKAT(74, FILE, "res:errno olddir:fd oldpath:relpath newdir:fd newpath:relpath flags:flags"),
    LISTEN(75, NET, "res:errno fd:fd backlog:int"),
    LLSEEK(76, FILE, "res:errno fd:fd offset:uint whence:enum"),
    LSEEK(77, FILE, "res:errno fd:fd offset:uint whence:enum"),
    LSTAT(78, FILE, "res:errno path:path"),
    LSTAT64(79, FILE, "res:errno path:path"),
    MEMFD_CREATE(80, MEMORY, "fd:fd name:string flags:flags"),
    MKDIR(81, FILE, "res:errno path:path mode:uint"),
    MKDIRAT(82, FILE, "res:errno dirfd:fd path:relpath mode:uint"),
    MKNOD(83, OTHER, "res:errno path:path mode:mode dev:uint"),
    MKNODAT(84, OTHER, "res:errno dirfd:fd path:relpath mode:mode dev:uint"),
    MLOCK(85, MEMORY, "res:errno addr:uint len:uint"),
    MLOCK2(86, MEMORY, "res:errno addr:uint len:uint flags:flags"),
    MLOCKALL(87, MEMORY, "res:errno flags:flags"),
    MMAP(
            88,
            MEMORY,
            "res:errno vm_size:uint vm_rss:uint vm_swap:uint addr:uint length:uint prot:flags flags:flags "
                    + "fd:fd offset:uint"),
    MMAP2(
            89,
            MEMORY,
            "res:errno vm_size:uint vm_rss:uint vm_swap:uint addr:uint length:uint prot:flags flags:flags "
                    + "fd:fd pgoffset:uint"),
    MOUNT(90, FILE, "res:errno dev:string dir:path type:string flags:flags"),
    MPROTECT(91, MEMORY, "res:errno addr:uint length:uint prot:flags"),
    MUNLOCK(92, MEMORY, "res:errno addr:uint len:uint"),
    MUNLOCKALL(93, MEMORY, "res:errno"),
    MUNMAP(94, MEMORY, "res:errno vm_size:uint vm_rss:uint vm_swap:uint addr:uint length:uint"),
    NANOSLEEP(95, SLEEP, "res:errno interval:reltime"),
    NEWFSTATAT(96, FILE, "res:errno dirfd:fd path:relpath flags:flags"),
    NOTIFICATION(97, OTHER, "id:string desc:string"),
    OPEN(98, FILE, "fd:fd name:path flags:flags mode:uint dev:uint ino:uint"),
    OPEN_BY_HANDLE_AT(99, FILE, "fd:fd mountfd:fd flags:flags path:path dev:uint ino:uint"),
    OPENAT(100, FILE, "fd:fd dirfd:fd name:relpath flags:flags mode:uint dev:uint ino:uint"),
    OPENAT2(101, FILE, "fd:fd dirfd:fd name:relpath flags:flags mode:uint resolve:flags dev:uint ino:uint"),
    PAGE_FAULT(102, OTHER, "addr:uint ip:uint error:flags"),
    PIDFD_GETFD(103, PROCESS, "fd:fd pid_fd:fd target_fd:fd flags:uint"),
    PIDFD_OPEN(104, PROCESS, "fd:fd pid:pid flags:flags"),
    PIPE(105, IPC, "res:errno fd1:fd fd2:fd ino:uint"),
    PIPE2(106, IPC, "res:errno fd1:fd fd2:fd ino:uint flags:flags"),
    PLUGINEVENT(107, OTHER, "plugin_id:uint event_data:bytes"),
    POLL(108, WAIT, "res:errno fds:fdlist timeout:int"),
    PPOLL(109, WAIT, "res:errno fds:fdlist timeout:reltime sigmask:sigset"),
    PRCTL(110, PROCESS, "res:errno option:enum arg2_str:string arg2_int:int"),
    PREAD(111, IO_READ, "res:errno data:bytes fd:fd size:uint pos:uint"),
    PREADV(112, IO_READ, "res:errno size:uint data:bytes fd:fd pos:uint"),
    PRLIMIT(113, PROCESS, "res:errno newcur:int newmax:int oldcur:int oldmax:int pid:int resource:enum"),
    PROCESS_VM_READV(114, IPC, "res:int pid:pid data:bytes"),
    PROCESS_VM_WRITEV(115, IPC, "res:int pid:pid data:bytes"),
    PROCEXIT(116, PROCESS, "status:errno ret:errno sig:signal core:uint reaper_tid:pid"),
    PROCINFO(117, INTERNAL, "cpu_usr:uint cpu_sys:uint"),
    PTRACE(118, PROCESS, "res:errno addr:dyn data:dyn request:enum pid:pid"),
    PWRITE(119, IO_WRITE, "res:errno data:bytes fd:fd size:uint pos:uint"),
    PWRITEV(120, IO_WRITE, "res:errno data:bytes fd:fd size:uint pos:uint"),
    QUOTACTL(
            121,
            USER,
            "res:errno special:string quotafilepath:string dqb_bhardlimit:uint dqb_bsoftlimit:uint "
                    + "dqb_curspace:uint dqb_ihardlimit:uint dqb_isoftlimit:uint dqb_btime:reltime dqb_itime:reltime "
                    + "dqi_bgrace:reltime dqi_igrace:reltime dqi_flags:flags quota_fmt_out:flags cmd:flags type:flags "
                    + "id:uint quota_fmt:flags"),
    READ(122, IO_READ, "res:errno data:bytes fd:fd size:uint"),
    READV(123, IO_READ, "res:errno size:uint data:bytes fd:fd"),
    RECV(124, IO_READ, "res:errno data:bytes fd:fd size:uint tuple:socktuple"),
    RECVFROM(125, IO_READ, "res:errno data:bytes tuple:socktuple fd:fd size:uint"),
    RECVMMSG(126, IO_READ, "res:errno fd:fd size:uint data:bytes tuple:socktuple msgcontrol:bytes"),
    RECVMSG(127, IO_READ, "res:errno size:uint data:bytes tuple:socktuple msgcontrol:bytes fd:fd"),
    RENAME(128, FILE, "res:errno oldpath:path newpath:path"),
    RENAMEAT(129, FILE, "res:errno olddirfd:fd oldpath:relpath newdirfd:fd newpath:relpath"),
    RENAMEAT2(130, FILE, "res:errno olddirfd:fd oldpath:relpath newdirfd:fd newpath:relpath flags:flags"),
    RMDIR(131, FILE, "res:errno path:path"),
    SCAPEVENT(132, INTERNAL, "event_type:uint event_data:uint"),
    SECCOMP(133, OTHER, "res:errno op:uint flags:uint"),
    SELECT(134, WAIT, "res:errno"),
    SEMCTL(135, PROCESS, "res:errno semid:int semnum:int cmd:flags val:int"),
    SEMGET(136, PROCESS, "res:errno key:int nsems:int semflg:flags"),
    SEMOP(
            137,
            PROCESS,
            "res:errno nsops:uint sem_num_0:uint sem_op_0:int sem_flg_0:flags sem_num_1:uint sem_op_1:int "
                    + "sem_flg_1:flags semid:int"),
    SEND(138, IO_WRITE, "res:errno data:bytes fd:fd size:uint tuple:socktuple"),
    SENDFILE(139, IO_WRITE, "res:errno offset:uint out_fd:fd in_fd:fd size:uint"),
    SENDMMSG(140, IO_WRITE, "res:errno fd:fd size:uint data:bytes tuple:socktuple"),
    SENDMSG(141, IO_WRITE, "res:errno data:bytes fd:fd size:uint tuple:socktuple"),
    SENDTO(142, IO_WRITE, "res:errno data:bytes fd:fd size:uint tuple:socktuple"),
    SETGID(143, USER, "res:errno gid:gid"),
    SETNS(144, PROCESS, "res:errno fd:fd nstype:flags"),
    SETPGID(145, PROCESS, "res:errno pid:pid pgid:pid"),
    SETREGID(146, USER, "res:errno rgid:uid egid:uid"),
    SETRESGID(147, USER, "res:errno rgid:gid egid:gid sgid:gid"),
    SETRESUID(148, USER, "res:errno ruid:uid euid:uid suid:uid"),
    SETREUID(149, USER, "res:errno ruid:uid euid:uid"),
    SETRLIMIT(150, PROCESS, "res:errno cur:int max:int resource:enum"),
    SETSID(151, PROCESS, "res:pid"),
    SETSOCKOPT(152, NET, "res:errno fd:fd level:enum optname:enum val:dyn optlen:uint"),
    SETUID(153, USER, "res:errno uid:uid"),
    SHUTDOWN(154, NET, "res:errno fd:fd how:enum"),
    SIGNALDELIVER(155, SIGNAL, "spid:pid dpid:pid sig:signal"),
    SIGNALFD(156, SIGNAL, "res:fd fd:fd mask:uint flags:uint"),
    SIGNALFD4(157, SIGNAL, "res:fd flags:flags fd:fd mask:uint"),
    SOCKET(158, NET, "fd:fd domain:enum type:uint proto:uint flags:flags"),
    SOCKETPAIR(159, IPC, "res:errno fd1:fd fd2:fd source:uint peer:uint domain:enum type:uint proto:uint"),
    SPLICE(160, IO_OTHER, "res:errno fd_in:fd fd_out:fd size:uint flags:flags"),
    STAT(161, FILE, "res:errno path:path"),
    STAT64(162, FILE, "res:errno path:path"),
    SWITCH(163, SCHEDULER, "next:pid pgft_maj:uint pgft_min:uint vm_size:uint vm_rss:uint vm_swap:uint"),
    SYMLINK(164, FILE, "res:errno target:string linkpath:path"),
    SYMLINKAT(165, FILE, "res:errno target:string linkdirfd:fd linkpath:relpath"),
    SYSCALL(166, OTHER, EventParameters.GENERIC),
    TASK(167, PROCESS, EventParameters.TASK),
    TASK_FILE_ANON_INODE(168, FILE, "fd:fd fd_type:flags path:path ino_num:uint"),
    TASK_FILE_DIRECTORY(169, FILE, "fd:fd path:path ino_num:uint"),
    TASK_FILE_MEMFD(170, FILE, "fd:fd path:path ino_num:uint"),
    TASK_FILE_PIPE(171, FILE, "fd:fd path:path ino_num:uint"),
    TASK_FILE_REGULAR(172, FILE, "fd:fd path:path flags:flags mnt_id:uint ino_num:uint"),
    TASK_FILE_SOCKET_INET(
            173,
            FILE,
            "fd:fd sk_type:uint sk_proto:uint local_ip:address local_port:port remote_ip:address "
                    + "remote_port:port ino_num:uint"),
    TASK_FILE_SOCKET_INET6(
            174,
            FILE,
            "fd:fd sk_type:uint sk_proto:uint local_ip:address local_port:port remote_ip:address "
                    + "remote_port:port ino_num:uint"),
    TASK_FILE_SOCKET_NETLINK(175, FILE, "fd:fd sk_type:uint sk_proto:uint ino_num:uint"),
    TASK_FILE_SOCKET_UNIX(176, FILE, "fd:fd sk_type:uint sk_proto:uint sk_pointer:uint sun_path:path ino_num:uint"),
    TGKILL(177, SIGNAL, "res:errno pid:pid tid:pid sig:signal"),
    TIMERFD_CREATE(178, TIME, "res:fd clockid:uint flags:uint"),
    TKILL(179, SIGNAL, "res:errno tid:pid sig:signal"),
    UMOUNT(180, FILE, "res:errno name:path"),
    UMOUNT2(181, FILE, "res:errno name:path flags:flags"),
    UNLINK(182, FILE, "res:errno path:path"),
    UNLINKAT(183, FILE, "res:errno dirfd:fd name:relpath flags:flags"),
    UNSHARE(184, PROCESS, "res:errno flags:flags"),
    USERADDED(185, PROCESS, "uid:uint gid:uint name:string home:string shell:string container_id:string"),
    USERDELETED(186, PROCESS, "uid:uint gid:uint name:string home:string shell:string container_id:string"),
    USERFAULTFD(187, FILE, "res:errno flags:flags"),
    VFORK(188, PROCESS, EventParameters.FORK),
    WRITE(189, IO_WRITE, "res:errno data:bytes fd:fd size:uint"),
    WRITEV(190, IO_WRITE, "res:errno data:bytes fd:fd size:uint"),
    MOVE_MOUNT(191, OTHER, EventParameters.GENERIC),
    PIVOT_ROOT(192, OTHER, EventParameters.GENERIC),
    SETFSGID(193, OTHER, EventParameters.GENERIC),
    SETFSUID(194, OTHER, EventParameters.GENERIC),
    SETGROUPS(195, OTHER, EventParameters.GENERIC);

    /// Greater than every number in use.
    public static final int NUMBER_LIMIT;

    private static final Map<String, EventType> BY_NAME = new HashMap<>();
    private static final EventType[] BY_NUMBER;

    static {
        int limit = 0;
        for (EventType type : values()) {
            limit = Math.max(limit, type.number + 1);
            BY_NAME.put(type.eventName, type);
        }
        NUMBER_LIMIT = limit;
        BY_NUMBER = new EventType[limit];
        for (EventType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    private final int number;
    private final String eventName;
    private final EventCategory category;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.copyOf
    private final List<Parameter> parameters;

    EventType(int number, EventCategory category, String parameters) {
        this.number = number;
        this.eventName = name().toLowerCase(Locale.ROOT);
        this.category = category;
        this.parameters = Parameter.list(parameters);
    }

    /// The number on the wire, from 1.
    public int number() {
        return number;
    }

    /// The name in rules: `openat`.
    public String eventName() {
        return eventName;
    }

    /// `evt.category`.
    public EventCategory category() {
        return category;
    }

    /// The parameters, in the order of a batch's `arguments`.
    public List<Parameter> parameters() {
        return parameters;
    }

    /// Position of the parameter with this name; -1: there is none.
    public int parameterIndex(String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /// The type that rules call `name`; empty: there is none.
    public static Optional<EventType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /// The type with this number; empty: a number not known to this version.
    public static Optional<EventType> ofNumber(int number) {
        return number > 0 && number < BY_NUMBER.length ? Optional.ofNullable(BY_NUMBER[number]) : Optional.empty();
    }
}
