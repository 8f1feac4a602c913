/// Names of user and group ids, on the host and inside containers: [AccountNames], kept current by [HostAccounts].
@NullMarked
package dev.tiercel.collector.user;

import org.jspecify.annotations.NullMarked;
