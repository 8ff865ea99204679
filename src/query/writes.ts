export { type BulkCreateOptions, bulkCreate } from './bulk-create.js';
export { bulkUpdate } from './bulk-update.js';
export { create } from './create.js';
export { deleteRows } from './delete-rows.js';
export { getOrCreate, updateOrCreate } from './get-or-create.js';
export { update } from './update.js';
