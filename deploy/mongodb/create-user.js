// Run by the entrypoint of the image at the first start: the services may use their database and nothing else.
db.getSiblingDB('billumy').createUser({
  user: 'billumy',
  pwd: process.env.MONGO_PASSWORD,
  roles: [{ role: 'readWrite', db: 'billumy' }],
});
