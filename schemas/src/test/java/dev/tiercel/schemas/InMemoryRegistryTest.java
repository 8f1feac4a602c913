package dev.tiercel.schemas;

class InMemoryRegistryTest extends RegistryContract {

    @Override
    SchemaRegistry open() {
        return new InMemoryRegistry();
    }
}
