package dev.tiercel.rules;

/// A condition without errors.
///
/// @param written with exceptions appended
/// @param expanded with exceptions appended and lists expanded: where `ast` stands
record CheckedCondition(LocatedText written, LocatedText expanded, Ast ast, Ir ir) {}
