/** Loads the settings, and with their schema the toolbar button, the menus and the shortcuts. */
import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';
import { PLUGIN_ID } from '../model/model.ts';
import { DEFAULT_SETTINGS, IPyPerfSettings, readSettings, type Settings } from './settings.ts';

export const settingsPlugin: JupyterFrontEndPlugin<IPyPerfSettings> = {
  id: PLUGIN_ID,
  description: 'Provides the settings of PyPerf.',
  autoStart: true,
  requires: [ISettingRegistry],
  provides: IPyPerfSettings,
  activate: (_app, registry: ISettingRegistry) => new LoadedSettings(registry),
};

class LoadedSettings implements IPyPerfSettings {
  values: Settings = DEFAULT_SETTINGS;
  readonly changed: Signal<IPyPerfSettings, Settings> = new Signal(this);
  readonly #loading: Promise<ISettingRegistry.ISettings>;

  constructor(registry: ISettingRegistry) {
    this.#loading = registry.load(PLUGIN_ID);
    this.#loading.then(
      loaded => {
        this.#take(loaded);
        loaded.changed.connect(settings => this.#take(settings));
      },
      (error: unknown) => console.error('PyPerf goes on with its default settings:', error),
    );
  }

  async set<Key extends keyof Settings>(key: Key, value: Settings[Key]): Promise<void> {
    const loaded = await this.#loading;
    await loaded.set(key, value);
  }

  #take(loaded: ISettingRegistry.ISettings): void {
    this.values = readSettings(loaded.composite);
    this.changed.emit(this.values);
  }
}
