# A test that asks the oracle: `ruby client.rb kms-cks oracle`. It ends with 1 when the oracle objects.
require 'json'
require_relative 'fake'

ORACLE = IO.popen(ARGV, 'r+', external_encoding: 'UTF-8')

def ask(message)
  ORACLE.puts(JSON.generate(message))
  ORACLE.flush
  JSON.parse(ORACLE.gets)
end

fake = Fake.new
ask(kind: 'start', seed: 1)
1000.times do
  request = ask(kind: 'next')['request']
  outcome = fake.answer(request['op'], request['input'])
  next if outcome.key?(:skipped)

  reply = ask(kind: 'observe', request: request, outcome: outcome)
  next unless reply['verdict'] == 'violates'

  puts reply['violation']['explanation']
  exit 1
end
ask(kind: 'stop')
