package dev.tiercel.rules.check;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.syntax.Ast;

/// A condition without errors.
///
/// @param written with exceptions appended
/// @param expanded with exceptions appended and lists expanded: where `ast` stands
public record CheckedCondition(LocatedText written, LocatedText expanded, Ast ast, Ir ir) {}
