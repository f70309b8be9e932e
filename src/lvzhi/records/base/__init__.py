"""Ground for every table: identifiers, the tenant scope, encryption at rest."""
