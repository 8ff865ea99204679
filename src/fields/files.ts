import { typeError } from '../errors.js';
import { callable } from '../util/callable.js';
import type { Choices } from './choices.js';
import type { FieldClass, Validator } from './field.js';
import { CharField, type CharFieldOptions } from './text.js';
import { validateImageFileExtension } from './validators.js';

export interface FileFieldOptions extends CharFieldOptions {
  /** Where files go below the storage: a path, or a function of the instance and the file's name. */
  readonly uploadTo?: string | ((instance: object, filename: string) => string);
  readonly storage?: unknown;
}

/** A file by its name. The column holds the name; the storage that holds the file comes with file storages. */
export const FileField: FieldClass<string, FileFieldOptions, CharField> = callable(
  class FileField extends CharField {
    constructor(options?: FileFieldOptions) {
      super(options);
      if (this.options.primaryKey === true) throw typeError('file-key', `${new.target.name} cannot be a primary key.`);
    }
    override get defaultMaxLength(): number {
      return 100;
    }
  },
);
export type FileField = CharField;

export interface ImageFieldOptions extends FileFieldOptions {
  readonly widthField?: string;
  readonly heightField?: string;
}

/** An image by its name. */
export const ImageField: FieldClass<string, ImageFieldOptions, CharField> = callable(
  class ImageField extends FileField {
    override get defaultValidators(): readonly Validator[] {
      return [validateImageFileExtension, ...super.defaultValidators];
    }
  },
);
export type ImageField = CharField;

export interface FilePathFieldOptions extends CharFieldOptions {
  /** The folder whose entries can be chosen, or a function that gives it. */
  readonly path?: string | (() => string);
  /** Only names that this pattern matches. */
  readonly match?: RegExp | string;
  readonly recursive?: boolean;
  readonly allowFiles?: boolean;
  readonly allowFolders?: boolean;
}

/** The path of a file in a folder. Its choices are read from the folder when they are asked for. */
export const FilePathField: FieldClass<string, FilePathFieldOptions, CharField> = callable(
  class FilePathField extends CharField {
    declare readonly options: FilePathFieldOptions;
    override get defaultMaxLength(): number {
      return 100;
    }
    /** The entries of the folder, for forms: validation takes any path. */
    get paths(): Choices {
      const { path = '', match, recursive = false, allowFiles = true, allowFolders = false } = this.options;
      const pattern = match === undefined ? null : new RegExp(match);
      const root = typeof path === 'function' ? path() : path;
      // Loaded here: the library itself reads no files, and importing these takes longer than this whole module.
      const { readdirSync, statSync } = process.getBuiltinModule('node:fs');
      const { join } = process.getBuiltinModule('node:path');
      const found: [string, string][] = [];
      const visit = (folder: string, prefix: string): void => {
        for (const name of readdirSync(folder).sort()) {
          const full = join(folder, name);
          const isFolder = statSync(full).isDirectory();
          const allowed = isFolder ? allowFolders : allowFiles;
          if (allowed && (pattern === null || pattern.test(name))) found.push([full, `${prefix}${name}`]);
          if (isFolder && recursive) visit(full, `${prefix}${name}/`);
        }
      };
      visit(root, '');
      return found;
    }
  },
);
export type FilePathField = CharField;
