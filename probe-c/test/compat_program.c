// SPDX-License-Identifier: Apache-2.0
/*
 * A program without a C library that makes its calls by the numbers of i386. Built twice: for 32 bits, and for 64 bits,
 * where int $0x80 makes 32-bit calls of a 64-bit program. All that it passes by address is static, so below 4 GiB.
 * Argument 1: a directory that may be written to. Exit status: 0, or the line of the call whose result is not as
 * expected.
 */
#define AT_FDCWD -100
#define AT_SYSINFO 32

typedef unsigned int word;

word sixth __attribute__((used));

static int call6(word nr, word a, word b, word c, word d, word e)
{
	int result;

#ifdef __x86_64__
	__asm__ volatile("push %%rbp\n\tmovl sixth, %%ebp\n\tint $0x80\n\tpop %%rbp"
			 : "=a"(result)
			 : "a"(nr), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory", "r8", "r9", "r10", "r11");
#else
	__asm__ volatile("push %%ebp\n\tmovl sixth, %%ebp\n\tint $0x80\n\tpop %%ebp"
			 : "=a"(result)
			 : "a"(nr), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
			 : "memory");
#endif
	return result;
}

#define CALL(nr, a, b, c, d) call6(nr, (word)(long)(a), (word)(long)(b), (word)(long)(c), (word)(long)(d), 0)
#define EXPECT(condition)                                                                                              \
	do {                                                                                                           \
		if (!(condition))                                                                                      \
			CALL(1, __LINE__ & 0xff ? __LINE__ : 1, 0, 0, 0);                                              \
	} while (0)

static const char hostname[] = "/etc/hostname", made[] = "made", moved[] = "moved", here[] = ".", nowhere[] = "/no/32";
static const char name[] = "thirtytwo", program[] = "/bin/true", argument[] = "from32";
static word arguments[3], words[6];
static struct {
	unsigned long long flags, mode, resolve;
} how = { 0, 0, 0x8 /* RESOLVE_BENEATH */ };
static struct {
	unsigned short family;
	unsigned char port[2], address[4], zero[8];
} target = { 2, { 0, 9 }, { 127, 0, 0, 1 }, { 0 } };
static struct {
	word name, namelen, vector, count, control, controllen, flags;
} message;

static int socketcall(int number, word a, word b, word c, word d)
{
	words[0] = a;
	words[1] = b;
	words[2] = c;
	words[3] = d;
	words[4] = (word)(long)&target;
	words[5] = sizeof(target);
	return CALL(102, number, words, 0, 0);
}

static void files(void)
{
	int directory, fd = CALL(5, hostname, 0, 0, 0);

	EXPECT(fd >= 0);
	EXPECT(CALL(8, made, 0600, 0, 0) >= 0);
	EXPECT(CALL(15, made, 04755, 0, 0) == 0);
	EXPECT(CALL(182, made, 0xffff, 7, 0) == 0);	    /* chown, 16 bits: -1 */
	EXPECT(CALL(198, made, 70000, 0xffffffff, 0) == 0); /* lchown32 */
	EXPECT(CALL(295, AT_FDCWD, made, 2, 0) >= 0);
	directory = CALL(5, here, 0200000, 0, 0);
	EXPECT(CALL(296, directory, argument, 0700, 0) == 0);
	EXPECT(CALL(301, directory, argument, 0x200, 0) == 0); /* unlinkat, AT_REMOVEDIR */
	EXPECT(CALL(437, directory, made, &how, sizeof(how)) >= 0);
	EXPECT(CALL(38, made, moved, 0, 0) == 0);
	EXPECT(CALL(10, moved, 0, 0, 0) == 0);
	EXPECT(CALL(22, nowhere, 0x77, 0x77, 0x77) < 0); /* umount has one argument */
	EXPECT(CALL(221, fd, 0, 100, 0) == 100);	 /* fcntl64, F_DUPFD */
	EXPECT(CALL(11, nowhere, arguments, 0, 0) < 0);
	EXPECT(CALL(70, 0xffff, 0xffff, 0, 0) == 0); /* setreuid, 16 bits */
	EXPECT(CALL(172, 15, name, 0, 0) == 0);
}

static void sockets(void)
{
	int stream = socketcall(1, 2, 1, 0, 0), datagram = CALL(359, 2, 2, 0, 0);

	EXPECT(stream >= 0 && datagram >= 0);
	EXPECT(socketcall(3, stream, (word)(long)&target, sizeof(target), 0) < 0);
	EXPECT(CALL(362, datagram, &target, sizeof(target), 0) == 0);
	EXPECT(socketcall(11, datagram, (word)(long)name, 4, 0) == 4);
	message.name = (word)(long)&target;
	message.namelen = sizeof(target);
	CALL(370, datagram, &message, 0, 0);
	sixth = sizeof(target);
	call6(369, datagram, (word)(long)name, 5, 0x4000, (word)(long)&target);
	sixth = 0;
}

static void processes(void)
{
	int child = CALL(120, 17 | 0x200, 0, 0, 0); /* SIGCHLD, CLONE_FS */

	if (child == 0)
		CALL(1, 0, 0, 0, 0);
	EXPECT(child > 0);
	EXPECT(CALL(7, child, 0, 0, 0) == child);
}

#ifndef __x86_64__
/* As the C library calls: by the function of the vDSO, which uses syscall or sysenter. */
static void vdso(const word *stack)
{
	word entry = 0;
	int result;

	stack += 1 + stack[0] + 1;
	while (*stack)
		stack++;
	for (stack++; stack[0]; stack += 2)
		if (stack[0] == AT_SYSINFO)
			entry = stack[1];
	if (!entry)
		return;
	__asm__ volatile("call *%%edi"
			 : "=a"(result)
			 : "a"(295), "D"(entry), "b"(AT_FDCWD), "c"(here), "d"(0)
			 : "memory");
	EXPECT(result >= 0);
}
#endif

__attribute__((used)) void run(const word *stack, const char *directory)
{
	EXPECT(CALL(12, directory, 0, 0, 0) == 0);
	files();
	sockets();
	processes();
#ifndef __x86_64__
	vdso(stack);
#else
	(void)stack;
#endif
	arguments[0] = (word)(long)program;
	arguments[1] = (word)(long)argument;
	CALL(11, program, arguments, 0, 0);
	EXPECT(0);
}

#ifdef __x86_64__
/* The directory is copied, since the stack is above 4 GiB. */
static char copy[4096];

__attribute__((used)) void begin(const unsigned long *stack)
{
	const char *from = (const char *)stack[2];
	int i = 0;

	do
		copy[i] = from[i];
	while (from[i++] && i < 4095);
	run(0, copy);
}

__asm__(".globl _start\n_start:\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall begin\n");
#else
__attribute__((used)) void begin(const word *stack)
{
	run(stack, (const char *)stack[2]);
}

__asm__(".globl _start\n_start:\n\tmov %esp, %eax\n\tand $-16, %esp\n\tsub $12, %esp\n\tpush %eax\n\tcall begin\n");
#endif
