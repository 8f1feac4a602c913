package dev.tiercel.schemas;

/// Parameter lists that several event types share.
final class EventParameters {

    /// clone, clone3, fork, vfork: `args` and `cgroups` are NUL-separated.
    static final String FORK = "res:pid exe:string args:bytes tid:pid pid:pid ptid:pid cwd:string fdlimit:int "
            + "pgft_maj:uint pgft_min:uint vm_size:uint vm_rss:uint vm_swap:uint comm:string cgroups:bytes flags:flags "
            + "uid:uint gid:uint vtid:pid vpid:pid pidns_init_start_ts:uint";

    /// A call without an entry of its own in Falco's table.
    static final String GENERIC = "ID:syscallid nativeID:uint";

    /// execve, execveat: `args`, `cgroups` and `env` are NUL-separated.
    static final String EXEC = "res:errno exe:string args:bytes tid:pid pid:pid ptid:pid cwd:string fdlimit:uint "
            + "pgft_maj:uint pgft_min:uint vm_size:uint vm_rss:uint vm_swap:uint comm:string cgroups:bytes env:bytes "
            + "tty:uint vpgid:pid loginuid:uid flags:flags cap_inheritable:uint cap_permitted:uint cap_effective:uint "
            + "exe_ino:uint exe_ino_ctime:abstime exe_ino_mtime:abstime uid:uid trusted_exepath:path pgid:pid gid:gid";

    /// A task found when the sensor started.
    static final String TASK = "ppid:pid pgid:pid vpgid:pid sid:pid comm:string argv:strings exepath:path flags:flags "
            + "env:strings cwd:string fdlimit:uint euid:uid egid:gid cap_permitted:uint cap_effective:uint "
            + "cap_inheritable:uint exe_ino_num:uint exe_ino_ctime:abstime exe_ino_mtime:abstime vm_size:uint "
            + "vm_rss:uint vm_swap:uint pgft_maj:uint pgft_min:uint vtgid:pid vpid:pid pidns_init_start_ts:uint "
            + "cgroups:strings root:path start_time:abstime tty:uint loginuid:uid";

    private EventParameters() {}
}
