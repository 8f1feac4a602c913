package dev.tiercel.rules.check;

import dev.tiercel.rules.ir.Ir;
import java.util.ArrayList;
import java.util.List;

/// Combines the checks of the two endpoints of a connection.
final class Endpoints {

    private Endpoints() {}

    /// `!=` means "present and not equal": for two endpoints "one is present and neither is equal". For any other
    /// check, either endpoint suffices.
    static Ir either(List<Ir> ends) {
        List<Ir> presences = new ArrayList<>();
        List<Ir> absences = new ArrayList<>();
        for (Ir end : ends) {
            if (end instanceof Ir.And(var terms)
                    && terms.size() == 2
                    && terms.get(0) instanceof Ir.Present present
                    && terms.get(1) instanceof Ir.Not not) {
                presences.add(present);
                absences.add(not);
            }
        }
        if (presences.size() != ends.size()) {
            return Ir.or(ends);
        }
        List<Ir> terms = new ArrayList<>();
        terms.add(Ir.or(presences));
        terms.addAll(absences);
        return Ir.and(terms);
    }
}
