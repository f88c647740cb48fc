export type JsonFields = Readonly<Record<string, unknown>>;
