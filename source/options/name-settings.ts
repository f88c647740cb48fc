/** By their flags: file, line and name of the settings of the config file that hold. */
export type Settings = ReadonlyMap<string, string>;

/** The message with the settings in place of the flags that it names, which nobody gave. */
export function nameSettings(message: string, settings: Settings): string {
	return message.replace(/--([a-z][a-z-]*[a-z])/g, (flag, name: string) => settings.get(name) ?? flag);
}
