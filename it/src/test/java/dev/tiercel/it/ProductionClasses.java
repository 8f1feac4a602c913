package dev.tiercel.it;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.apache.avro.specific.AvroGenerated;

/// The class files of all modules without their tests, read once for all architecture tests.
final class ProductionClasses {
    private static final String OURS = "dev.tiercel";

    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(OURS);

    private ProductionClasses() {}

    /// Top-level types that somebody wrote: neither generated from Avro schemas nor `package-info`.
    static List<JavaClass> written() {
        return ALL.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.isAnnotatedWith(AvroGenerated.class))
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .toList();
    }

    /// The module's part of the package name: `detector` for module `detector-streams`.
    static String module(JavaClass type) {
        return type.getPackageName().split("\\.", -1)[2];
    }

    /// The package below the module's: `engine`; empty for the module's own package.
    static String folder(JavaClass type) {
        String root = OURS + "." + module(type);
        return type.getPackageName().equals(root) ? "" : type.getPackageName().substring(root.length() + 1);
    }

    static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(OURS + ".");
    }

    static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }
}
