/// What every module's tests share: [Golden] files, [Seeds], a real broker ([TestBroker]), files beside the checkout
/// ([Shared]).
///
/// Test scope only. Imports nothing of ours but broker, so that every module can use it.
@NullMarked
package dev.tiercel.testkit;

import org.jspecify.annotations.NullMarked;
