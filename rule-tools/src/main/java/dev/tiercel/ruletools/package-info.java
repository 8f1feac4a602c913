/// Tools for people who write rules: explanations of single rules; formatting and unit tests in the packages below.
@NullMarked
package dev.tiercel.ruletools;

import org.jspecify.annotations.NullMarked;
