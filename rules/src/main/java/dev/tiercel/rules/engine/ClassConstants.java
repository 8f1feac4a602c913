package dev.tiercel.rules.engine;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Objects that generated code uses as constants: its class data, each loaded by a dynamic constant.
final class ClassConstants {

    private static final DirectMethodHandleDesc CLASS_DATA_AT = MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC,
            ConstantDescs.CD_MethodHandles,
            "classDataAt",
            java.lang.constant.MethodTypeDesc.of(
                    ConstantDescs.CD_Object,
                    ConstantDescs.CD_MethodHandles_Lookup,
                    ConstantDescs.CD_String,
                    ConstantDescs.CD_Class,
                    ConstantDescs.CD_int));

    private final List<Object> values = new ArrayList<>();
    private final Map<Object, Integer> byKey = new HashMap<>();

    /// Pushes `value` as a `type`.
    void push(CodeBuilder code, Object value, ClassDesc type) {
        values.add(value);
        load(code, values.size() - 1, type);
    }

    /// Pushes the constant of `key`, which is created once.
    void push(CodeBuilder code, Object key, ClassDesc type, java.util.function.Supplier<Object> make) {
        Integer known = byKey.get(key);
        if (known == null) {
            known = values.size();
            values.add(make.get());
            byKey.put(key, known);
        }
        load(code, known, type);
    }

    private static void load(CodeBuilder code, int index, ClassDesc type) {
        code.loadConstant(DynamicConstantDesc.ofNamed(CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, type, index));
    }

    /// The class data.
    List<Object> values() {
        return List.copyOf(values);
    }
}
