# A fake KMS with one external key store and one fault: a store that is CONNECTED can be deleted.
class Fake
  ON_STORE = %w[ConnectCustomKeyStore DisconnectCustomKeyStore DeleteCustomKeyStore].freeze

  def answer(op, given)
    if op == 'CreateCustomKeyStore' && @store.nil? && given['XksProxyUriPath'] == '/kms/xks/v1' &&
       given['XksProxyConnectivity'] == 'PUBLIC_ENDPOINT' && given['CustomKeyStoreName'].length <= 256
      @store = given.merge('CustomKeyStoreId' => 'cks-1', 'ConnectionState' => 'DISCONNECTED')
      return { ok: { CustomKeyStoreId: 'cks-1' } }
    end
    if op == 'DescribeCustomKeyStores' && given.empty?
      return { ok: { CustomKeyStores: @store ? [shown] : [], Truncated: false } }
    end
    return { skipped: 'this fake is small' } if !ON_STORE.include?(op) || given.empty?
    return { error: 'CustomKeyStoreNotFoundException' } if @store.nil? || given['CustomKeyStoreId'] != 'cks-1'

    if op == 'DisconnectCustomKeyStore' && @store['ConnectionState'] == 'DISCONNECTED'
      return { error: 'CustomKeyStoreInvalidStateException' }
    end
    case op
    when 'DeleteCustomKeyStore' then @store = nil # the fault: nobody looks at the state
    when 'ConnectCustomKeyStore' then @store['ConnectionState'] = 'CONNECTED'
    else @store['ConnectionState'] = 'DISCONNECTED'
    end
    { ok: {} }
  end

  def shown
    proxy = { 'Connectivity' => @store['XksProxyConnectivity'], 'UriEndpoint' => @store['XksProxyUriEndpoint'],
              'UriPath' => @store['XksProxyUriPath'],
              'AccessKeyId' => @store['XksProxyAuthenticationCredential']['AccessKeyId'] }
    @store.slice('CustomKeyStoreId', 'CustomKeyStoreName', 'CustomKeyStoreType', 'ConnectionState')
          .merge('CreationDate' => 0, 'XksProxyConfiguration' => proxy)
  end
end
