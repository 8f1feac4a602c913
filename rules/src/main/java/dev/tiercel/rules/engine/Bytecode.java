package dev.tiercel.rules.engine;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Compiles plans to one hidden class: a static method for each rule, named after it, one for each condition whose
/// result is cached, and a few for each group.
///
/// With `-Ddev.tiercel.rules.dump=DIRECTORY` the class files are also written to that directory.
final class Bytecode {

    private static final String DUMP = "dev.tiercel.rules.dump";
    private static final AtomicInteger DUMPED = new AtomicInteger();
    private static final int PUBLIC_FINAL = AccessFlag.PUBLIC.mask() | AccessFlag.FINAL.mask();

    private Bytecode() {}

    /// @throws RuntimeException if the rules do not fit in a class
    /// @throws LinkageError if the class is not accepted
    static RuleCode compile(List<GroupPlan> plans, Sharing sharing) {
        RuleClass rules = new RuleClass(ClassDesc.of(Bytecode.class.getPackageName(), "CompiledRules"));
        byte[] bytes = ClassFile.of().build(rules.name(), builder -> {
            builder.withFlags(AccessFlag.FINAL).withInterfaceSymbols(CodeNames.RULE_CODE);
            builder.withMethodBody(
                    INIT_NAME,
                    MTD_void,
                    0,
                    code -> code.aload(0)
                            .invokespecial(CD_Object, INIT_NAME, MTD_void)
                            .return_());
            builder.withMethodBody(
                    "evaluate", CodeNames.EVALUATE, PUBLIC_FINAL, code -> dispatch(code, rules, plans, sharing));
            rules.emitAll(builder);
        });
        dump(bytes);
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup()
                    .defineHiddenClassWithClassData(bytes, rules.constants().values(), true);
            return hidden.lookupClass()
                    .asSubclass(RuleCode.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("generated class cannot be used", e);
        }
    }

    /// Calls the method of the requested group.
    private static void dispatch(CodeBuilder code, RuleClass rules, List<GroupPlan> plans, Sharing sharing) {
        ConditionCode conditions = new ConditionCode(rules, sharing);
        List<SwitchCase> cases = new ArrayList<>();
        for (int group = 0; group < plans.size(); group++) {
            cases.add(SwitchCase.of(group, code.newLabel()));
        }
        Label none = code.newLabel();
        code.iload(1).tableswitch(0, Math.max(0, plans.size() - 1), none, cases);
        for (SwitchCase one : cases) {
            String name = "group" + one.caseValue();
            GroupCode group = new GroupCode(rules, conditions, plans.get(one.caseValue()), name);
            rules.add(name, CodeNames.GROUP, group::emit);
            code.labelBinding(one.target())
                    .aload(2)
                    .aload(3)
                    .iload(4)
                    .aload(5)
                    .invokestatic(rules.name(), name, CodeNames.GROUP)
                    .return_();
        }
        code.labelBinding(none).return_();
    }

    private static void dump(byte[] bytes) {
        String directory = System.getProperty(DUMP, "");
        if (directory.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(Path.of(directory));
            Files.write(Path.of(directory, "CompiledRules" + DUMPED.incrementAndGet() + ".class"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
