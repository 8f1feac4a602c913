@NullMarked
package dev.tiercel.service;

import org.jspecify.annotations.NullMarked;
