/** `FILE:LINE: NAME` of each setting of the config file in effect, keyed by flag name. */
export type Settings = ReadonlyMap<string, string>;

/** Replaces flags in a message by the settings that gave their value, since they are not on the command line. */
export function nameSettings(message: string, settings: Settings): string {
	return message.replace(/--([a-z][a-z-]*[a-z])/g, (flag, name: string) => settings.get(name) ?? flag);
}
