package dev.tiercel.registry;

import dev.tiercel.schemas.SchemaRegistry;

class InMemoryRegistryTest extends RegistryContract {

    @Override
    SchemaRegistry open() {
        return new InMemoryRegistry();
    }
}
